"""What a renderer gives back. Type only."""

from __future__ import annotations

from memo.frozen import frozen


@frozen
class Rendered:
    """A finished file: its bytes, and how many pages it has where the format fixes them (a PDF does, a DOCX not)."""

    data: bytes
    pages: int | None = None
