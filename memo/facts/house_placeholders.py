"""What a house style's headers and footers may ask for in braces, and what they ask for that nothing fills."""

from __future__ import annotations

import re

from memo.suggest import suggest
from memo.untrusted_files import parse_part, xml_parser

PLACEHOLDERS = (
    "banner", "title", "short-title", "to", "from", "date", "reference", "as-of", "edition", "copy",
)  # fmt: skip
"""What memo fills in: ``{banner}``."""

_KNOWN = f"known are: {', '.join(PLACEHOLDERS)}"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ASKED = re.compile(r"\{+\s*([^\W\d][\w .-]*?)\s*\}+")


def unknown_placeholders(part: bytes) -> list[tuple[str, str]]:
    """Return what a header or footer asks for in braces and nothing fills, as written, each with a hint; else nothing.

    ``part`` is any part of a Word file in XML. Raises `memo.untrusted_files.UnreadableFile`.
    """
    if b"{" not in part:
        return []
    asked = {found[0]: found[1] for text in _paragraphs(part) for found in _ASKED.finditer(text)}
    return [
        (written, f"write {{{name}}}" if name in PLACEHOLDERS else suggest(name, PLACEHOLDERS) or _KNOWN)
        for written, name in asked.items()
        if name not in PLACEHOLDERS or written != f"{{{name}}}"
    ]


def _paragraphs(part: bytes) -> list[str]:
    """Return the text of each paragraph of a header or footer, which Word may have cut into runs; else nothing."""
    path: list[str] = []
    texts: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        path.append(name)
        if name == f"{_W} p" and path[0] in (f"{_W} hdr", f"{_W} ftr"):
            texts.append("")

    def data(text: str) -> None:
        if texts and path[-1] == f"{_W} t":
            texts[-1] += text

    parser = xml_parser(namespaces=True)
    parser.StartElementHandler, parser.EndElementHandler = start, lambda _: path.pop()
    parser.CharacterDataHandler = data
    parse_part(parser, "", part)
    return texts
