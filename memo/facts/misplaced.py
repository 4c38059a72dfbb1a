"""Files that lie where memo does not look for them, and would else be passed over without a word; and closed folders.

Sheets are read right in ``facts/DOSSIER/``, memos right in ``templates/``, the style as ``templates/style.yaml``. What
is told is what looks like one of these and is not read: by its name, or because it begins with a front matter. Closed
is a folder that memo looks into and may not read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from memo.facts.file_text import SUFFIXES, is_utf_8, unreadable_folder
from memo.problem import Place, Problem

STYLE = "style.yaml"
_MEMO = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:(?!---).*\n){0,200}?(?:title|dossier)[ \t]*:")
"""How a memo begins: a fence, and among the lines after it a key that every memo has."""

_LOOKED_INTO = 8192
"""Bytes of a file that are looked into for that."""

MOST_FILES = 20_000
"""Files that are looked at; no project has more, but a folder that was linked or unpacked there may."""


def misplaced_files(project: Path) -> Iterator[Problem]:
    """Tell what is passed over in ``facts/`` and ``templates/``. Problems: misplaced-file, unreadable."""
    dossiers = [entry.name for entry in _entries(project / "facts") if entry.is_dir(follow_symlinks=False)]
    dossier = dossiers[0] if len(dossiers) == 1 else "DOSSIER"
    for top in ("facts", "templates"):
        for count, (path, problem) in enumerate(_walk(project / top, top)):
            if problem:
                yield problem
            elif count > MOST_FILES:
                return
            elif why := (_in_facts if top == "facts" else _in_templates)(path, project, dossier):
                message, hint = why
                yield Problem("misplaced-file", message, Place(path), hint)


def unreadable_folders(project: Path) -> Iterator[Problem]:
    """Give an ``unreadable`` for every folder that memo looks into and may not; not for those within such a one."""
    for top, depth in _LOOKED_THROUGH.items():
        yield from _unreadable(project / top, top, depth)


_LOOKED_THROUGH = {"facts": 9, "templates": 9, "issued": 2, "output": 0, "output/.memo": 0}
"""How deep memo looks into folders."""


def _unreadable(folder: Path, shown: str, depth: int) -> Iterator[Problem]:
    # By os.path: its answer is no, where Path's is an exception, for links in a circle and within what may not be read.
    if not os.path.isdir(folder):  # noqa: PTH112
        return
    if not os.access(folder, os.R_OK | os.X_OK):
        yield unreadable_folder(shown)
    elif depth:
        for entry in _entries(folder):
            if not entry.name.startswith(".") and not entry.is_symlink() and is_utf_8(entry.name):
                yield from _unreadable(folder / entry.name, f"{shown}/{entry.name}", depth - 1)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _walk(folder: Path, shown: str) -> Iterator[tuple[str, Problem | None]]:
    """Go through the paths of all files, in order, hidden ones left out; or tell that a name is no text."""
    for entry in _entries(folder):
        path = f"{shown}/{entry.name}"
        if not is_utf_8(entry.name):
            yield path, _odd_name(path)
        elif entry.name.startswith("."):
            continue
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, path)
        else:
            yield path, None


def _odd_name(path: str) -> Problem:
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    return Problem("unreadable", "the name of this file is not UTF-8, so it is passed over", Place(shown), "rename it")


def may_hold_facts_of(problem: Problem, dossier: str) -> bool:
    """Tell whether what is passed over may be a sheet of this dossier, so that ids may seem unknown."""
    top, *folders, name = problem.place.path.split("/")
    return top == "facts" and (not folders or folders[0] == dossier) and not name.lower().endswith(".md")


# Each returns what is wrong with where a file lies, and what to do; None where it lies well


def _in_facts(path: str, project: Path, dossier: str) -> tuple[str, str] | None:
    _, *folders, name = path.split("/")
    lower = name.lower()
    if lower.endswith(".md"):
        why = "this memo is not built: memos lie in templates/", f"move it to templates/{name}"
        return why if _begins_a_memo(project / path) else None
    if lower.endswith(tuple(f"{suffix}.txt" for suffix in SUFFIXES)):
        return "this fact sheet is not read: its name ends in .txt", f"rename it to {name[:-4]}"
    if not lower.endswith(SUFFIXES) or len(folders) == 1:
        return None
    dossier = folders[0] if folders else dossier
    where = "a folder within a dossier" if folders else "facts/ itself, in no dossier"
    return f"this fact sheet is not read: it lies in {where}", f"move it to facts/{dossier}/{name}"


def _in_templates(path: str, project: Path, dossier: str) -> tuple[str, str] | None:
    _, *folders, name = path.split("/")
    lower = name.lower()
    if lower in ("style.yaml", "style.yml", "style.yaml.txt") and (folders or name != STYLE):
        return "this style is not read", f"the style stands in templates/{STYLE}"
    if lower.endswith(SUFFIXES) and name != STYLE:
        return "this is not read: fact sheets lie in facts/DOSSIER/", f"move it to facts/{dossier}/{name}"
    stem = re.sub(r"\.(?:md|markdown|mdown|mkd|txt|text|j2|jinja2?)(?=\.|$)", "", name, flags=re.IGNORECASE) or name
    if not folders and (name.endswith(".md") or not (lower.endswith(".md") or _begins_a_memo(project / path))):
        return None
    if folders and not _begins_a_memo(project / path):
        return None
    if folders:
        return "this memo is not built: it lies in a folder within templates/", f"move it to templates/{stem}.md"
    return "this memo is not built: its name does not end in .md", f"rename it to {stem}.md"


def _begins_a_memo(file: Path) -> bool:
    try:
        if not file.is_file():  # to open a named pipe would wait for somebody to write to it
            return False
        with file.open("rb") as opened:
            return bool(_MEMO.match(opened.read(_LOOKED_INTO)))
    except OSError:
        return False
