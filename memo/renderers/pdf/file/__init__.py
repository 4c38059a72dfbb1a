"""The file itself: numbered objects, the structure tree, destinations, metadata."""
