"""Included files: found in the templates folder, and nowhere else."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from memo.compose import limits


def inside(folder: Path, name: Any) -> Path | None:
    """The path of a template, if its name leads nowhere but into the folder: not up, not away, not by a link."""
    if not isinstance(name, str) or not name or len(name) > 400 or any(mark in name for mark in "\\:\0\n\ufffd"):
        return None
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts:
        return None
    path = folder / name
    try:
        return path if path.resolve().is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


class Included(NamedTuple):
    """A file's text, and the digest of the bytes read (SHA-256); ``fault``: a problem code with its message."""

    text: str = ""
    digest: str = ""
    fault: tuple[str, str] | None = None


def read_text(path: Path) -> Included:
    """A file's text; or nothing, and why."""
    try:
        held = path.read_bytes()
        if len(held) > limits.MOST_BYTES:
            return Included(fault=("too-large", "the file is larger than any template needs to be"))
        return Included(held.decode("utf-8-sig"), hashlib.sha256(held).hexdigest())
    except UnicodeDecodeError:
        return Included(fault=("not-utf-8", "the file is not UTF-8 text"))
    except OSError as error:
        return Included(fault=("unreadable", f"the file cannot be read: {error.strerror}"))


def template_names(folder: Path) -> list[str]:
    """What could be included."""
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
