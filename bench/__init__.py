"""Times `memo` side by side with its peers, in one run: ``python bench/run.py``."""
