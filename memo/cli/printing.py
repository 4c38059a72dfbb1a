"""Problems, counts and tables as a person or a program reads them."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from memo.facts.file_text import composed, show_directions
from memo.problem import Place, Problem

_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


_MOST_SHOWN = 500
"""Columns of a source line that are shown where output goes to a file."""

SourceLines = Callable[[str], Sequence[str]]
"""The lines of a file, by its path relative to the project."""


def source_lines(project: Path) -> SourceLines:
    """Return a reader of a project's files that reads each once; a file that is not there has no lines."""

    @cache
    def lines(path: str) -> Sequence[str]:
        try:
            text = (project / path).read_text("utf-8-sig", errors="replace")
            return show_directions(composed(text)).split("\n")  # as it was read, so that columns agree
        except OSError:
            return ()

    return lines


def problem_text(problem: Problem, source: SourceLines) -> str:
    """Show a problem with its source line, the places related to it, and its hint::

    facts/azerbaijan-nato/energy.yaml:14:13: error[unknown-source]: no source 'nato-visit' in this dossier
      14 |     source: nato-visit
         |             ^^^^^^^^^^
      hint: did you mean 'nato-visit-report'?
    """
    colour = _COLOURS[problem.severity]
    head = click.style(f"{problem.severity}[{problem.code}]", fg=colour, bold=True)
    lines = [f"{problem.place}: {head}: {problem.message}"]
    lines += _excerpt(problem.place, source, colour)
    lines += [f"  also: {related.place} {related.message}" for related in problem.related]
    if problem.hint:
        lines.append(f"  hint: {problem.hint}")
    return "\n".join(lines)


def _excerpt(place: Place, source: SourceLines, colour: str) -> list[str]:
    """Show the line that a problem stands on, with carets under the words that are meant; else nothing."""
    lines = source(place.path) if place.line else ()
    # The file may have changed since it was read.
    if not 1 <= place.line <= len(lines):
        return []
    number = str(place.line)
    line, first, last = _shown_part(lines[place.line - 1], place, _columns() - len(number) - len("   | "))
    # With a tab for a tab, the carets stand under the words however wide the terminal sets it.
    before = "".join("\t" if character == "\t" else " " * _width(character) for character in line[:first])
    carets = "^" * max(1, sum(map(_width, line[first:last])))
    return [
        f"  {number} | {line}",
        f"  {' ' * len(number)} | {before}{click.style(carets, fg=colour, bold=True)}",
    ]


def _columns() -> int:
    """Return how much of a line is shown: what the terminal has room for; more where there is none."""
    at_terminal = "COLUMNS" in os.environ or sys.stdout.isatty()
    return max(20, shutil.get_terminal_size().columns) if at_terminal else _MOST_SHOWN


def _shown_part(line: str, place: Place, room: int) -> tuple[str, int, int]:
    """Cut a line to what there is room for, around the words that are meant; return these as a slice of it, too."""
    first, last = place.column - 1, min(place.column - 1 + place.length, len(line))
    if sum(map(_width, line)) <= room:
        return line, first, last
    half = room // 2 - 1  # a character may be two columns wide
    begin = max(0, first - half // 3 if last - first > half // 3 else first - half // 2)
    begin = max(0, min(begin, len(line) - half))
    part, end, left = "…" if begin else "", begin, room - 2
    while end < len(line) and left >= _width(line[end]):
        left -= _width(line[end])
        end += 1
    moved = len(part) - begin
    return f"{part}{line[begin:end]}{'…' if end < len(line) else ''}", first + moved, min(last, end) + moved


def _width(character: str) -> int:
    """Return how many columns of a terminal a character takes: none, one or two."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def notes_text(notes: Iterable[Problem]) -> Iterator[str]:
    """Show notes, a line each; those alike in one file are told together::

    facts/azerbaijan-nato/energy.yaml:14:3: note[unused-fact]: no memo uses fact 'gas-to-come'; likewise lines 30, 52
    """
    alike: dict[tuple[str, str], list[Problem]] = {}
    for note in notes:
        alike.setdefault((note.place.path, note.code), []).append(note)
    for first, *others in alike.values():
        head = click.style(f"note[{first.code}]", fg=_COLOURS["note"], bold=True)
        lines = f"{plural('line', len(others))} {', '.join(str(other.place.line) for other in others)}"
        yield f"{first.place}: {head}: {first.message}{f'; likewise {lines}' if others else ''}"


def count_text(problems: Sequence[Problem]) -> str:
    """Return ``2 errors, 1 warning``, or ``no problems``."""
    counts = {
        severity: sum(problem.severity == severity for problem in problems) for severity in ("error", "warning", "note")
    }
    return ", ".join(f"{count} {plural(name, count)}" for name, count in counts.items() if count) or "no problems"


def problem_json(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain values, for ``--json``."""
    related = [{"place": one.place._asdict(), "message": one.message} for one in problem.related]
    return {**asdict(problem), "place": problem.place._asdict(), "related": related}


def problem_github(problem: Problem) -> str:
    """Return a problem as an annotation of a pull request: a workflow command of GitHub Actions, all on one line."""
    place, related = problem.place, (f"also: {related.place} {related.message}" for related in problem.related)
    text = "\n".join((problem.message, *related, *([f"hint: {problem.hint}"] if problem.hint else [])))
    where = {"file": place.path, "line": place.line, "col": place.column, "endColumn": place.column + place.length}
    shown = {key: value for key, value in where.items() if place.line or key == "file"} | {"title": problem.code}
    fields = ",".join(f"{key}={_escaped(str(value), ':,')}" for key, value in shown.items())
    return f"::{'notice' if problem.severity == 'note' else problem.severity} {fields}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """Escape percent signs, line ends and these characters as workflow commands want it."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def plural(noun: str, number: int) -> str:
    """Return a noun as it goes with a number."""
    return noun if number == 1 else f"{noun}s"


def screen_width() -> int:
    """Return how many columns a line may have: those of the terminal, or of COLUMNS; 80 where there is neither."""
    return max(40, shutil.get_terminal_size().columns)


def hang(text: str, indent: str = "", more: str = "  ") -> str:
    """Wrap a text to the screen's width, indented, and from its second line on by ``more`` besides."""
    lines = _wrap(text, screen_width() - len(indent), more)
    return "\n".join(f"{indent}{line}" for line in lines)


def _wrap(text: str, width: int, more: str = "") -> list[str]:
    # Ids and paths are copied from the screen: they are not cut at their hyphens.
    return textwrap.wrap(
        text, max(1, width), subsequent_indent=more, break_on_hyphens=False, break_long_words=False
    ) or [""]


_LEAST = 14
"""Characters that a column keeps, however narrow the screen."""

_SENTENCE = 36
"""Characters below which the last column, that of sentences, goes below its row instead."""


def table(rows: Sequence[Sequence[str]]) -> str:
    """Line rows up in columns within the screen's width; what is too long for its column goes on below."""
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    room = screen_width() - sum(widths[:-1]) - 2 * (len(widths) - 1)
    if widths[-1] > _LEAST and room < min(_SENTENCE, widths[-1]):
        lines = (line for row in rows for line in (*_row(row[:-1], _narrowed(widths[:-1])), hang(row[-1], "    ", "")))
        return "\n".join(line for line in lines if line.strip())
    return "\n".join(line for row in rows for line in _row(row, _narrowed(widths)))


def _narrowed(widths: Sequence[int]) -> list[int]:
    """Take from the widest columns what the screen has no room for."""
    narrowed = list(widths)
    while sum(narrowed) + 2 * (len(narrowed) - 1) > screen_width() and max(narrowed) > _LEAST:
        narrowed[len(narrowed) - 1 - narrowed[::-1].index(max(narrowed))] -= 1
    return narrowed


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*cells, fillvalue=""):
        yield "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def json_text(value: Any) -> str:
    """Return JSON for ``--json``: indented, not escaped, keys in the order given."""
    return json.dumps(value, indent=2, ensure_ascii=False)
