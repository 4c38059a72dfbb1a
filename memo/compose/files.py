"""Included files: found in the templates folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

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


def read_text(path: Path) -> tuple[str, tuple[str, str] | None]:
    """A file's text; or nothing, and a problem code with its message."""
    try:
        held = path.read_bytes()
        if len(held) > limits.MOST_BYTES:
            return "", ("too-large", "the file is larger than any template needs to be")
        return held.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return "", ("not-utf-8", "the file is not UTF-8 text")
    except OSError as error:
        return "", ("unreadable", f"the file cannot be read: {error.strerror}")


def template_names(folder: Path) -> list[str]:
    """What could be included."""
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
