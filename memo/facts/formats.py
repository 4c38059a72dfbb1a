"""The formats that a memo can be built to, and what the other rooms must know of each without loading its renderer.

To add one: a module or folder of its name in `memo.renderers`, and a line in `FORMATS`. The list stands here because
the front matter of a memo names formats, and `memo.facts` reads and validates it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct


class FileFormat(Struct, frozen=True):
    """What is known of a format. ``counts`` is the unit in which its files are measured."""

    counts: Literal["page", "word"] = "word"
    embeds_fonts: bool = False
    """Whether it can only show characters that the fonts of memo have."""
    shows_changes: bool = False
    """Whether it shows what a redline marks as inserted and deleted."""
    house_style: bool = False
    """Whether it takes the look of the Word file that style.yaml names as house style."""


FORMATS: Mapping[str, FileFormat] = MappingProxyType(
    {
        "docx": FileFormat(shows_changes=True, house_style=True),
        "pdf": FileFormat(counts="page", embeds_fonts=True, shows_changes=True),
    }
)
"""Each format, by the name that is also its renderer's module and its files' ending."""
