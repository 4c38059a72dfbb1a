"""Work grows with what there is to do: four times as much takes about four times as many calls, and not sixteen.

No test is timed: calls of functions are counted, which are the same on a busy machine.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from memo.project import open_project, prepare
from tests.cases import BASE


def _table(cell: str, columns: int) -> str:
    return "\n".join(f"|{text * columns}" for text in ("a|", "---|", f"{cell}|"))


_MANY: dict[str, Callable[[int], str]] = {
    "claims in a paragraph": lambda n: '{{ fact("berths-open").claim }} ' * n,
    "claims with notes in a paragraph": lambda n: '{{ fact("berths-open") }} ' * n,
    "claims in a list": lambda n: '- {{ fact("berths-open") }}\n' * n,
    "claims in a row": lambda n: _table('{{ fact("berths-open") }}', n),
    "waivers": lambda n: "{# memo: allow untraced: agreed #}\nThere are 40 ships.\n\n" * n,
    "waivers of one paragraph": lambda n: "{# memo: allow untraced: agreed #}\n" * n + "There are 40 ships.",
    "columns": lambda n: _table("b", n),
    "dates in sentences": lambda n: "On 3 March 2031 it was so. " * n,
    "dates in one sentence": lambda n: "It was so " + "on 3 March 2031, " * n + "and later.",
    "sentences that go on": lambda n: 'The port said so. {{ cite("rail-link") }} ' + "It also says so much. " * n,
    "signs of markup": lambda n: "a ~b [c $d ^e ==f *g " * n,
    "tags": lambda n: "{% if true %}a{% endif %}" * n,
}


@pytest.mark.parametrize("many", _MANY.values(), ids=_MANY)
def test_four_times_as_much_takes_about_four_times_as_many_calls(many: Callable[[int], str], tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    _calls(tmp_path / "project", many(50))  # so that all is imported
    assert _calls(tmp_path / "project", many(800)) < 6 * _calls(tmp_path / "project", many(200))


def _calls(project: Path, text: str) -> int:
    """Compose and check a memo of this text, and return how many functions were called."""
    head = (project / "templates" / "note.md").read_text("utf-8").split("---\n")[1]
    (project / "templates" / "note.md").write_text(f"---\n{head}---\n# Summary\n\n{text}\n", "utf-8")
    opened, _ = open_project(project)
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        memo = prepare(opened, "note").memo
    finally:
        sys.setprofile(None)
    assert memo is not None
    return calls
