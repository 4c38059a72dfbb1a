"""Colours of text are held to WCAG's contrast, on white and on the tint."""

from __future__ import annotations

from pathlib import Path

import pytest

from memo.facts.contrast import OF_TEXT, contrast
from memo.facts.style_file import load_style_file


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast_is_what_wcag_counts(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("name", OF_TEXT)
def test_each_colour_of_text_is_held_to_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    for colour, told in (("#777777", ["low-contrast"]), ("#666666", [])):
        path.write_text(f"colours: {{{name}: '{colour}', tint: '#FFFFFF'}}\n", encoding="utf-8")
        _, problems = load_style_file(path, tmp_path)
        assert [problem.code for problem in problems] == told
    path.write_text("colours: {rule: '#EEEEEE'}\n", encoding="utf-8")
    assert load_style_file(path, tmp_path)[1] == []


def test_what_fails_by_little_does_not_read_as_if_it_passed(tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text("colours: {text: '#777777', tint: '#FFFFFF'}\n", encoding="utf-8")
    (problem,) = load_style_file(path, tmp_path)[1]
    assert "4.47 to 1 on white" in problem.message
    path.write_text("colours: {tint: '#444444'}\n", encoding="utf-8")
    problems = load_style_file(path, tmp_path)[1]
    assert {problem.place.column for problem in problems} == {18}
    assert all("on the tint, #444444" in problem.message for problem in problems)
