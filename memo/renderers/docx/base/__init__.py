"""The parts that all memos share: XML with ``$names``, which `memo.renderers.docx.look` fills with the style sheet."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read(name: str) -> str:
    """The text of a part as it ships."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
