"""Times `memo` side by side with its peers (``run.py``), and what comes after the hand-over (``hand_over.py``)."""
