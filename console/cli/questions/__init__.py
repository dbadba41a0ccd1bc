"""The questions of `bedrock-console ask`: each declares its arguments and answers."""
