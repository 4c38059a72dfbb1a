"""What `memo.frozen` promises of values: what a frozen dataclass does, but for the watch at run time."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace

import pytest

from memo.frozen import frozen


@frozen
class Point:
    """Two numbers, and a note that does not count."""

    x: int
    y: int = 0
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Plain:
    x: int
    y: int = 0
    note: str = field(default="", compare=False)


@frozen
class Nothing:
    """Holds nothing."""


@frozen(eq=False)
class Itself:
    x: int


@frozen(kw_only=True)
class Named:
    x: int = 1
    y: int


def test_values_are_equal_where_what_they_hold_is_equal_and_they_are_of_one_class() -> None:
    assert Point(1, 2) == Point(1, 2, "noted")
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Plain(1, 2)
    assert Nothing() == Nothing()
    assert len({Point(1), Point(1, 0, "noted"), Point(2)}) == 2


def test_without_eq_each_is_equal_to_itself_alone() -> None:
    one = Itself(1)
    assert one != Itself(1)
    assert len({one, one, Itself(1)}) == 2


def test_a_value_is_shown_replaced_matched_and_pickled_as_a_dataclass_is() -> None:
    point = replace(Point(1, 2), y=3)
    assert repr(point) == repr(Plain(1, 3)).replace("Plain", "Point")
    assert pickle.loads(pickle.dumps(point)) == point
    match point:
        case Point(x, y):
            assert (x, y) == (1, 3)
    assert Named(y=2).x == 1
    with pytest.raises(TypeError):
        Named(1, 2)  # type: ignore[misc]


def test_a_value_has_no_room_for_a_field_that_its_class_does_not_have() -> None:
    with pytest.raises(AttributeError):
        Point(1).z = 2  # type: ignore[attr-defined]
