"""What hostile input costs and what comes of it: ``python -m tests.hostile``."""
