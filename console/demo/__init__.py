"""An invented department behind a stand-in for AWS: a process of its own, imported by nothing else."""
