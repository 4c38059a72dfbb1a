"""Times `memo` side by side with its peers (``python bench/run.py``), and what comes after (``python bench/hand_over.py``)."""
