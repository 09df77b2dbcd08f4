"""Systems of the gemeente that read the published figures with a key, and nothing else."""
