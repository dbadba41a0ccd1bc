"""Reading AWS: collectors, the runner that turns errors into gaps, and the one door to boto3."""
