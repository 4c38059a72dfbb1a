"""Options that all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("memo", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("memo")
"""No test is timed: on a busy machine, any may take long. In CI the same examples are tried each time, so that a change
is judged by what it does; whoever runs the tests by hand tries new ones."""

EXCUSED = ("everything is readable to this user", "the articles are not in the project")
"""Why a test may be skipped even with ``--no-skip``: these lack no tool."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="Rewrite expected outputs from what memo prints now.")
    parser.addoption("--no-skip", action="store_true", help="Fail where a test is skipped: every tool must be there.")


@pytest.fixture(scope="session", autouse=True)
def a_day_that_stays() -> Iterator[None]:
    """Review dates pass, and what a test sees must not change with the calendar: today is always this day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("memo.project.clock", SimpleNamespace(today=lambda: date(2026, 11, 25)))
        yield


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be rewritten rather than compared."""
    return bool(request.config.getoption("--update"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:  # noqa: ARG001
    report = yield
    if (
        report.skipped
        and item.config.getoption("--no-skip")
        and not any(why in str(report.longrepr) for why in EXCUSED)
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped, though --no-skip was given: {report.longrepr}"
    return report
