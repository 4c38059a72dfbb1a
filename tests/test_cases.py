"""Every case file prints what it says, and every problem code has a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from memo.checks import ALL, Check
from memo.problem import CODES
from tests.cases import read_case, run_case, update_case

HERE = Path(__file__).parent
FILES = [path for folder in ("cases", "problems", "passes") for path in sorted((HERE / folder).glob("*.txt"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_prints_what_its_file_says(path: Path, tmp_path: Path, update: bool) -> None:
    case = read_case(path)
    printed = run_case(case, tmp_path)
    if update:
        update_case(case, printed)
    else:
        assert printed == case.expected


@pytest.mark.parametrize("code", CODES)
def test_every_problem_code_has_a_case_that_shows_it(code: str) -> None:
    path = HERE / "problems" / f"{code}.txt"
    assert path.exists(), f"write tests/problems/{code}.txt"
    assert f"[{code}]" in read_case(path).expected


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.code)
def test_every_check_has_a_case_that_passes(check: Check[Any]) -> None:
    case = read_case(HERE / "passes" / f"{check.code}.txt")
    assert f"[{check.code}]" not in case.expected
    assert case.expected.endswith("exit 0\n")


def test_every_problem_case_is_named_for_a_code() -> None:
    assert {path.stem for path in (HERE / "problems").glob("*.txt")} == set(CODES)
