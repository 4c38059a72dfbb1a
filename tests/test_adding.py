"""A new check, figure kind or output format is one new file and a line in its list.

Each test adds one to a scratch copy of the package, and runs memo from that copy. It takes

- a figure kind one file and one line: in ``FIGURES``;
- an output format one file and one line: in ``FORMATS``, where the names of renderers stand because the front matter of
  a memo, which `memo.facts` reads, names them;
- a check one file and three lines: its import and its place in ``CHECKS`` (`memo.checks`), and what its problem code
  means (`memo.problem.CODES`), which every code must say.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import memo
from tests.cases import BASE
from tests.pdf.reading import Reading


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the package, and a project beside it."""
    package = Path(memo.__file__).parent
    shutil.copytree(package, tmp_path / "code" / "memo", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path


def add_file(folder: Path, name: str, text: str) -> None:
    path = folder / "code" / "memo" / name
    assert not path.exists()
    path.write_text(text, "utf-8")


def add_line(folder: Path, name: str, after: str, line: str) -> None:
    """Put a line into a file of the package, below one that stands there once."""
    path = folder / "code" / "memo" / name
    lines = path.read_text("utf-8").splitlines()
    assert lines.count(after) == 1, f"{after!r} stands {lines.count(after)} times in {name}"
    lines.insert(lines.index(after) + 1, line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run memo from the copy, in the project."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "code")}
    command = [sys.executable, "-m", "memo", *arguments]
    return subprocess.run(
        command, cwd=folder / "project", env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


CHECK = '''"""No memo calls its subject a port: it is a harbour."""

from memo.problem import Place, Problem


def check(memo):
    """A ``toy-title`` for a title with a port in it."""
    if "Port" in memo.composed.document.metadata.title:
        yield Problem("toy-title", "the title says Port", Place(memo.template.path))
'''


def test_a_check_is_added_in_one_file_and_its_lines_in_the_lists(folder: Path) -> None:
    add_file(folder, "checks/toy_title.py", CHECK)
    add_line(folder, "checks/__init__.py", "from memo.checks import (", "    toy_title,")
    add_line(folder, "checks/__init__.py", "CHECKS: tuple[Check[Memo], ...] = (", "    Check(toy_title.check),")
    add_line(folder, "problem.py", "CODES: dict[str, str] = {", '    "toy-title": "A title says port.",')
    listed = [line.split(maxsplit=2) for line in run(folder, "check", "--list").stdout.splitlines()]
    assert ["toy-title", "error", "A title says port."] in listed
    assert "it is a harbour" in run(folder, "check", "--explain", "toy-title").stdout
    found = run(folder, "check")
    assert "templates/note.md: error[toy-title]: the title says Port" in found.stdout
    assert found.returncode == 1


FIRST_KIND = '        "timeline": FigureKind("memo.figures.timeline", Event, least=2),'
FIGURE = '''"""Dots: each datum in words, behind a dot."""

from memo.figures.picture import Label, Picture


def draw(data, style, width):
    """Draw the data as a picture of this width in points."""
    colour = style.colours.text
    labels = [Label(0.0, 10.0 + 12.0 * row, f"dot {one.shown}", 9.0, colour) for row, one in enumerate(data)]
    return Picture(width, 12.0 * len(labels), tuple(labels))
'''


def test_a_kind_of_figure_is_added_in_one_file_and_one_line(folder: Path) -> None:
    """A template's figure of the new kind is built into both formats, of data as its line asks for."""
    add_file(folder, "figures/dots.py", FIGURE)
    add_line(
        folder, "figures/__init__.py", FIRST_KIND, '        "dots": FigureKind("memo.figures.dots", Event, least=2),'
    )
    with (folder / "project" / "templates" / "note.md").open("a", encoding="utf-8") as template:
        template.write('\n{{ figure("dots", section="summary", alt="Work at the port.", caption="Dots.") }}\n')
    built = run(folder, "build")
    assert (built.returncode, built.stderr) == (0, ""), built
    with zipfile.ZipFile(folder / "project" / "output" / "note.docx") as package:
        assert ">dot March 2031</text>" in package.read("word/media/image1.svg").decode()
        assert "Work at the port. 2030: Two berths open; March 2031: Rail link intended." in (
            package.read("word/document.xml").decode()
        )
    reading = Reading((folder / "project" / "output" / "note.pdf").read_bytes())
    assert [reading.text(figure) for figure in reading.find("Figure")] == ["dot 2030dot March 2031"]


def test_a_kind_of_figure_without_the_data_it_needs_is_a_problem(folder: Path) -> None:
    add_file(folder, "figures/dots.py", FIGURE)
    add_line(
        folder, "figures/__init__.py", FIRST_KIND, '        "dots": FigureKind("memo.figures.dots", Event, least=3),'
    )
    with (folder / "project" / "templates" / "note.md").open("a", encoding="utf-8") as template:
        template.write('\n{{ figure("dots", section="summary", alt="Work at the port.") }}\n')
    assert "the figure 'dots' takes 3 facts with a date, or more" in run(folder, "check").stdout


FIRST_FORMAT = '        "docx": FileFormat(shows_changes=True, house_style=True),'
RENDERER = '''"""The title of a memo, as a file."""

from memo.renderers import Rendered


def render(document, style, **options):
    """Write the title."""
    return Rendered(document.metadata.title.encode()), []
'''


def test_a_format_is_added_in_one_file_and_one_line(folder: Path) -> None:
    """It can be asked for on the command line and in the front matter, and is known to the schema that editors use."""
    add_file(folder, "renderers/toy.py", RENDERER)
    add_line(folder, "facts/formats.py", FIRST_FORMAT, '        "toy": FileFormat(),')
    built = run(folder, "build", "--format", "toy")
    assert (built.returncode, built.stderr) == (0, ""), built
    assert built.stdout.startswith("output/note.toy  26 words")
    assert (folder / "project" / "output" / "note.toy").read_text("utf-8") == "Work at the Port of Halvern"

    template = folder / "project" / "templates" / "note.md"
    template.write_text(template.read_text("utf-8").replace("dossier:", "formats: [toy, pdf]\ndossier:"), "utf-8")
    assert run(folder, "build", "--output", "both").returncode == 0
    assert sorted(path.suffix for path in (folder / "project" / "both").glob("note.*")) == [".pdf", ".toy"]
    schema = json.loads(run(folder, "schema", "front-matter").stdout)
    assert "toy" in schema["properties"]["formats"]["items"]["enum"]


def test_a_new_format_shows_no_redline_until_it_says_that_it_does(folder: Path) -> None:
    add_file(folder, "renderers/toy.py", RENDERER)
    add_line(folder, "facts/formats.py", FIRST_FORMAT, '        "toy": FileFormat(),')
    refused = run(folder, "redline", "note", "note", "-o", "out.toy")
    assert "error[no-redline]: a .toy cannot show a redline" in refused.stderr
    assert refused.returncode == 1
