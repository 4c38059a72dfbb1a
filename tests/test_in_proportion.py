"""Time grows with what there is to do: four times as much takes about four times as long, and not sixteen."""

from __future__ import annotations

import shutil
import time
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
def test_four_times_as_much_takes_about_four_times_as_long(many: Callable[[int], str], tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "project")
    _seconds(tmp_path / "project", many(50))  # so that all is imported
    small = min(_seconds(tmp_path / "project", many(400)) for _ in range(2))
    large = min(_seconds(tmp_path / "project", many(1600)) for _ in range(2))
    assert large < max(8 * small, 0.2)


def _seconds(project: Path, text: str) -> float:
    """Compose and check a memo of this text, and return how long the processor took."""
    head = (project / "templates" / "note.md").read_text("utf-8").split("---\n")[1]
    (project / "templates" / "note.md").write_text(f"---\n{head}---\n# Summary\n\n{text}\n", "utf-8")
    opened, _ = open_project(project)
    started = time.process_time()
    assert prepare(opened, "note").memo is not None
    return time.process_time() - started
