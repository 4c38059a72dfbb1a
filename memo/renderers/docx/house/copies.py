"""Parts of the house style that stay as they are - headers, footers, pictures in them, theme, fonts - under new names.

The names are ours, so that none can be that of a part of the memo; what a part points to goes with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from memo.renderers.docx.markup import DECLARATION, quoted

if TYPE_CHECKING:
    from docx.opc.part import Part

_KEPT = frozenset(("image", "font", "hyperlink"))
"""What a part that stays may point to."""
_ADDRESS = re.compile(r"(https?|mailto):", re.IGNORECASE)


class Unwelcome(Exception):
    """A part points to something that no memo can bring along; the argument says what."""


@dataclass(slots=True)
class Copies:
    """What was copied: contents and content types by name, without a leading slash."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, part: Part, content: bytes | None = None) -> str:
        """Copy a part, with other content if that is given, and what it points to; its new name within ``word/``.

        Raises `Unwelcome`.
        """
        old = str(part.partname)
        if old in self._names:
            return self._names[old]
        name = f"house-{len(self._names) + 1}-{re.sub(r'[^A-Za-z0-9.]', '-', old.rpartition('/')[2])}"
        self._names[old] = name
        self.parts[f"word/{name}"] = part.blob if content is None else content
        self.types[f"word/{name}"] = part.content_type
        links = [self._link(part, number) for number in part.rels]
        if links:
            self.parts[f"word/_rels/{name}.rels"] = (
                f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{''.join(links)}</Relationships>"
            ).encode()
        return name

    def _link(self, part: Part, number: str) -> str:
        link = part.rels[number]
        kind = link.reltype.rpartition("/")[2]
        if kind not in _KEPT:
            raise Unwelcome(f"its {part.partname} holds a part of another kind ({kind})")
        if link.is_external and (kind != "hyperlink" or not _ADDRESS.match(link.target_ref)):
            raise Unwelcome(f"its {part.partname} loads something from outside the file ({kind})")
        target = link.target_ref if link.is_external else self.add(link.target_part)
        mode = "External" if link.is_external else "Internal"
        return (
            f"<Relationship Id={quoted(number)} Type={quoted(link.reltype)} Target={quoted(target)} "
            f"TargetMode={quoted(mode)}/>"
        )
