"""The benchmark of what comes after the hand-over runs through, on a project small enough for a test."""

from __future__ import annotations

import pytest

from bench import hand_over


def test_each_command_is_timed_once_with_its_change_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert hand_over.main(["--memos", "2", "--editions", "4", "--runs", "1"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split(",")[0] for row in rows] == ["build", "status", "status", "build", "build", "impact", "impact"]
    assert all(" s of processor " in row for row in rows)
