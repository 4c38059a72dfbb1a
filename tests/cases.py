"""Cases: one readable text file each, with a command, the files it meets, and what it prints.

A case begins with prose that says what it shows; lines that begin with ``> `` are commands, run one after the other in
a copy of ``tests/base`` over which the case's own files (``-- path --``) are laid. ``-- output --`` holds what they
print. Between commands, ``> edit PATH OLD NEW`` changes a file as an editor would: OLD stands there once, and
``\\n`` in NEW is a new line; of a .docx, its body is edited. A file named ``-- path (bytes) --`` is written from the
escapes of a Python bytes literal, and ``-- path (folder) --`` is made a folder.
"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from memo.cli import main
from tests.delivered.files import changed

BASE = Path(__file__).parent / "base"
_HEADER = re.compile(r"^-- (.+) --$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case file, taken apart."""

    path: Path
    prose: str
    commands: tuple[str, ...]
    files: dict[str, str]
    expected: str


def read_case(path: Path) -> Case:
    """Take a case file apart."""
    head, *rest = _HEADER.split(path.read_text("utf-8"))
    sections = dict(zip(rest[::2], (text.removeprefix("\n") for text in rest[1::2]), strict=True))
    commands = tuple(line[2:] for line in head.splitlines() if line.startswith("> "))
    prose = "\n".join(line for line in head.splitlines() if not line.startswith("> ")).strip()
    return Case(path, prose, commands, sections, sections.pop("output", ""))


def run_case(case: Case, folder: Path, base: Path = BASE) -> str:
    """Lay the case's files over a copy of a base project and run its commands there: a transcript."""
    project = folder / "project"
    shutil.copytree(base, project)
    for name, text in case.files.items():
        _lay(project, name, text)
    before = Path.cwd()
    os.chdir(project)
    try:
        return "".join(_run(command) for command in case.commands)
    finally:
        os.chdir(before)


def update_case(case: Case, printed: str) -> None:
    """Write what the commands print now into the case file."""
    text = case.path.read_text("utf-8")
    body = text.split("-- output --\n")[0].rstrip("\n")
    case.path.write_text(f"{body}\n-- output --\n{printed}", "utf-8", newline="\n")


def _lay(project: Path, name: str, text: str) -> None:
    path = project / name.split(" (")[0]
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(" (deleted)"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif name.endswith(" (folder)"):
        path.unlink(missing_ok=True)
        path.mkdir()
    elif name.endswith(" (bytes)"):
        path.write_bytes(ast.literal_eval(f'b"""{text}"""'))
    else:
        path.write_text(text, "utf-8", newline="\n")


def _run(command: str) -> str:
    program, *arguments = shlex.split(command)
    if program == "edit":
        return _edit(command, *arguments)
    assert program == "memo", f"a case runs memo, not {program}"
    result = CliRunner().invoke(main, arguments, prog_name="memo")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    printed = re.sub(r"\d+ ms\b", "… ms", result.output)
    printed = re.sub(r'"seconds": [\d.e-]+', '"seconds": …', printed)
    printed = re.sub(r"\b[0-9a-f]{64}\b", "…", printed)
    return (
        f"$ {command}\n{printed}{'' if printed.endswith(chr(10)) or not printed else chr(10)}exit {result.exit_code}\n"
    )


def _edit(command: str, path: str, old: str, new: str) -> str:
    if path.endswith(".docx"):
        Path(path).write_bytes(changed(Path(path).read_bytes(), "word/document.xml", old, new))
        return f"$ {command}\n"
    text, new = Path(path).read_text("utf-8"), new.replace("\\n", "\n")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    Path(path).write_text(text.replace(old, new), "utf-8", newline="\n")
    return f"$ {command}\n"
