"""Options that all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("memo", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("memo")
"""No test is timed: on a busy machine, any may take long. The same examples are tried each time, so that a change is
judged by what it does; ``--explore`` tries new ones."""

EXCUSED = (
    "everything is readable to this user",
    "the articles are not in the project",
    "the prose is not in the project",
)
"""Why a test may be skipped even with ``--no-skip``: these lack no tool."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Run the long tests, too: random documents, kills, floods.")
    parser.addoption("--explore", action="store_true", help="Try new random examples instead of the same each time.")
    parser.addoption("--update", action="store_true", help="Rewrite expected outputs from what memo prints now.")
    parser.addoption("--no-skip", action="store_true", help="Fail where a test is skipped: every tool must be there.")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--explore"):
        settings.load_profile("explore")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests, unless they are asked for: by ``--long``, or by name."""
    if config.getoption("--long") or any("::" in argument for argument in config.args):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session", autouse=True)
def a_day_that_stays() -> Iterator[None]:
    """Review dates pass, and what a test sees must not change with the calendar: today is always this day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("memo.project.clock", SimpleNamespace(today=lambda: date(2026, 11, 25)))
        yield


@pytest.fixture(scope="session", autouse=True)
def a_screen_of_80_columns() -> Iterator[None]:
    """What is printed keeps to the width of the screen, and tests are run on any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "80")
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
