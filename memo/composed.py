"""A composed memo. Type only; `memo.compose` makes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from memo.document import Document
from memo.frozen import frozen
from memo.places import Places


@frozen
class Composed:
    """A composed memo: its document, where everything in that was written, and the files that were included."""

    document: Document
    places: Places
    read: tuple[str, ...] = ()
    """Relative to the project folder, in order of first use; without the template itself."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The digest (SHA-256) of the bytes of each, as they were read; empty of what was not there to include."""
