"""Text as WordprocessingML: escaped characters, attributes, namespaces.

The parts that all memos share: XML with ``$names``, which `memo.renderers.docx.look` fills with the style sheet."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from string import Template

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
"""What the root of every part with text declares (ECMA-376-1, 17.2)."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 (2.2) cannot hold."""


def escaped(text: str) -> str:
    """Text for between tags. What XML cannot hold becomes U+FFFD: a Word that opens beats one that does not.

    `memo.facts` refuses such characters, so none comes here from a project.
    """
    fit = text if text.isprintable() else _UNFIT.sub("\ufffd", text)  # what is unfit is not printable
    return fit.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(value: str) -> str:
    """An attribute's value with its quotation marks. White space in it survives reading (XML 1.0, 3.3.3)."""
    inner = escaped(value).replace('"', "&quot;")
    return f'"{inner.replace(chr(9), "&#9;").replace(chr(10), "&#10;").replace(chr(13), "&#13;")}"'


def filled(name: str, values: dict[str, object]) -> str:
    """The part ``base/<name>`` with every ``$name`` in it replaced."""
    return Template(read(name)).substitute(values)


@cache
def read(name: str) -> str:
    """The text of a part as it ships."""
    return (Path(__file__).parent / "base" / name).read_text(encoding="utf-8")
