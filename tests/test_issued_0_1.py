"""What an earlier version issued is answered about as that version did."""

from __future__ import annotations

from pathlib import Path

from tests.cases import read_case, run_case, update_case

PROJECT = Path(__file__).parent / "issued_0_1"


def test_a_project_issued_with_version_0_1_0_is_answered_about_as_that_version_did(
    tmp_path: Path, update: bool
) -> None:
    case = read_case(PROJECT / "answers.txt")
    printed = run_case(case, tmp_path, PROJECT)
    if update:
        update_case(case, printed)
    else:
        assert printed == case.expected
