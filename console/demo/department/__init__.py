"""The invented department: what is in it is a function of its size and a seed, and of nothing else."""
