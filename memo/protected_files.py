"""Where no output may go: onto an input of its own, and under ``issued/``, ``facts/`` or ``templates/`` of a project.

What was issued must stay as it is, and facts and templates are written by people only. A place is known by what it is,
not by how it is spelt: links are followed, and names that differ in case or in Unicode's forms count as the same, as
they are on other machines that the project may be taken to.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from memo.problem import Place, Problem

KEPT = ("issued", "facts", "templates")
"""The folders of a project that no output goes into."""


def refuse_output(path: Path, project: Path, inputs: Iterable[Path] = ()) -> list[Problem]:
    """Return a ``protected-file`` where an output must not be written to this file or folder.

    ``inputs`` are files that the output is made from; what is there already is compared with them.
    """
    real = Path(os.path.realpath(path))
    if folder := _kept_folder(real, Path(os.path.realpath(project))):
        why = f"no output goes into {folder}/: what stands there must stay as it is"
    elif any(_is_same(real, one) for one in inputs):
        why = "this file is what the output is made from: it would be lost"
    else:
        return []
    return [Problem("protected-file", why, Place(path.as_posix()), "name another place to write to")]


def _kept_folder(real: Path, project: Path) -> str:
    """Return the name of the folder of this or any other project that a path leads into; else nothing."""
    for above in (real, *real.parents):
        for name in KEPT:
            named_so = _folded(above) == _folded(above.parent / name) and _is_project(above.parent, project)
            if named_so or _is_same(above, project / name):
                return name
    return ""


def _is_project(folder: Path, project: Path) -> bool:
    return _folded(folder) == _folded(project) or all((folder / name).is_dir() for name in ("facts", "templates"))


def _is_same(path: Path, other: Path) -> bool:
    """Tell whether two paths lead to one file or folder; no where either leads to none."""
    try:
        return path.samefile(other)
    except OSError:
        return False


def _folded(path: Path) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path.as_posix()).casefold())
