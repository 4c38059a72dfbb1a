"""Delivered files: as memo makes them, as others make theirs, and as they come back from other programs."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Literal

import pikepdf
import pytest

from memo.document.tree import Document
from memo.facts.style import Style
from memo.renderers import render
from tests.docx.read import packed, parts

Format = Literal["docx", "pdf"]


def made(document: Document, format: Format, *, bare: bool = False) -> bytes:
    """A document as memo renders it."""
    return render(document, Style(), format, bare=bare)[0].data


def kept(data: bytes, folder: Path, name: str) -> Path:
    """The bytes as a file."""
    path = folder / name
    path.write_bytes(data)
    return path


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """A Word file with words of one part replaced, as an editor of XML would."""
    held = parts(data)
    text = held[part].decode()
    assert old in text
    return packed(held | {part: text.replace(old, new, 1).encode()})


def without_carried(data: bytes) -> bytes:
    """A Word file that somebody rid of its custom XML."""
    held = {name: part for name, part in parts(data).items() if not name.startswith("customXml/")}
    links = re.sub("<Relationship [^>]*customXml[^>]*/>", "", held["word/_rels/document.xml.rels"].decode())
    return packed(held | {"word/_rels/document.xml.rels": links.encode()})


def saved_by_qpdf(data: bytes) -> bytes:
    """A PDF written again: other objects, packed otherwise, in another order; the same pages."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return buffer.getvalue()


def encrypted(data: bytes, password: str = "") -> bytes:
    """A PDF that needs a password to be changed, and one to be read if there is one."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
    return buffer.getvalue()


def pandocs() -> bytes:
    """A Word document of pandoc's."""
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is missing: pip install pypandoc_binary")

    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", "-o", "-"]
    return subprocess.run(
        command, input=b"# A memo\n\nOf another's.[^1]\n\n[^1]: A note.\n", capture_output=True
    ).stdout


def typsts() -> bytes:
    """A PDF of Typst's, which carries a file of its own."""
    typst = pytest.importorskip("typst", reason="Typst is missing: pip install typst")

    return typst.compile(b"= A memo\nOf another's.\n")  # type: ignore[no-any-return]
