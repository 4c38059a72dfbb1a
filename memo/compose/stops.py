"""How a sentence ends that memo itself joins to others."""

from __future__ import annotations

_STOPS = (".", "!", "?", ":", ";")


def is_stopped(text: str) -> bool:
    """Whether a text ends with a mark of its own, so that none is to be added."""
    return text.rstrip().endswith(_STOPS)


def stopped(text: str) -> str:
    """The text with a full stop, unless it ends with a mark of its own."""
    return text if is_stopped(text) else f"{text}."
