"""Digests: SHA-256 in hexadecimal, of texts, bytes and files."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; empty where there is no such file."""
    try:
        if not path.is_file():  # a pipe would be waited for
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def text_digest(text: str) -> str:
    """The digest of a text."""
    return bytes_digest(text.encode())


def bytes_digest(data: bytes) -> str:
    """The digest of bytes."""
    return hashlib.sha256(data).hexdigest()
