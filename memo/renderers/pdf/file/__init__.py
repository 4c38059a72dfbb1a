"""The file itself: numbered objects, the structure tree, page content, navigation, metadata."""
