"""The public API: every name is there and documented, none is a module's, and the examples of docs/api.md hold."""

from __future__ import annotations

import doctest
import inspect
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import memo
from memo.problem import has_errors

ROOT = Path(__file__).parents[1]
STEPS = [name for name in memo.__all__ if inspect.isfunction(getattr(memo, name))]


@pytest.mark.parametrize("name", memo.__all__)
def test_a_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(memo, name))
    assert name in dir(memo)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_typed_and_shown_by_an_example(name: str) -> None:
    step = getattr(memo, name)
    parameters = inspect.signature(step).parameters.values()
    assert all(parameter.annotation is not inspect.Parameter.empty for parameter in parameters)
    assert f"memo.{name}(" in (ROOT / "docs" / "api.md").read_text("utf-8")


def test_no_module_or_folder_bears_the_name_of_a_step() -> None:
    modules = {module.name.rpartition(".")[2] for module in pkgutil.walk_packages(memo.__path__, "memo.")}
    assert modules.isdisjoint(STEPS)


def test_a_name_that_there_is_not_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'biuld'"):
        memo.biuld  # type: ignore[attr-defined]  # noqa: B018


def test_importing_memo_loads_none_of_its_steps() -> None:
    code = "import memo, sys; print(sorted(name for name in sys.modules if name.startswith('memo.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_value_is_shown_on_one_short_line() -> None:
    assert repr(memo.open_project("nowhere")[0]).count("\n") == 0


def test_the_examples_of_the_page_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("facts", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    names = {"Path": Path, "has_errors": has_errors, "change": _change}
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    examples = doctest.DocTestParser().get_doctest(page.replace("```", ""), names, "api.md", "docs/api.md", 0)
    printed: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(examples, out=printed.append)
    assert tried > 15
    assert not failed, "".join(printed)


def _change(file: str, old: str, new: str) -> None:
    """Change a fact sheet as an editor would."""
    path = Path(file)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
