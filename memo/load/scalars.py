"""One scalar -> the text, choice, number, flag or date that is declared."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, Final

from memo import edtf
from memo.declare import ChoiceShape, DateShape, FlagShape, Form, NumberShape, Shape, TextShape
from memo.load.hints import Closest
from memo.load.nodes import Scalar
from memo.problem import Place, Problem


class _Missing(Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""Stands for a value that could not be read."""

Read = tuple[Any, Problem | None]
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,15})?")
_PART = re.compile(r"\{([^{}:]*)(?::[^{}|]*\|[^{}|]*)?\}")
"""``{name}``, or ``{name:one|more}``: the first word for one, the other for more."""
_LINE_END = re.compile(r"[ \t]*\n\s*")


def need(shape: Shape) -> str:
    """What a value of this shape must be, in plain words."""
    match shape:
        case DateShape():
            return "a date"
        case NumberShape(whole=whole):
            return "a whole number" if whole else "a number"
        case FlagShape():
            return "true or false"
        case _:
            return "a text"


def has_form(text: str, form: Form) -> bool:
    """Whether all of the text has that form."""
    return re.fullmatch(form.pattern, text) is not None


def read_scalar(shape: Shape, node: Scalar, what: str, closest: Closest) -> Read:
    """The value and no problem, or `MISSING` and the problem: wrong-type, bad-value, bad-date, or what words need."""
    match shape:
        case TextShape():
            return _read_text(shape, node, what, closest)
        case ChoiceShape(options=options):
            return _read_choice(options, node, what, closest)
        case DateShape(to_the_day=to_the_day):
            return _read_date(node, to_the_day, what)
        case NumberShape():
            return _read_number(shape, node, what)
        case FlagShape():
            if node.plain and node.text in ("true", "false"):
                return node.text == "true", None
    found = f"found '{node.text}'" if node.plain else "found a text in quotes"
    return MISSING, Problem("wrong-type", f"{what} needs {need(shape)}, {found}", node.place)


def _read_text(shape: TextShape, node: Scalar, what: str, closest: Closest) -> Read:
    """A text; its line ends become spaces unless it is declared to keep them."""
    text = node.text
    if "\n" in text:
        text = text.strip("\n") if shape.many_lines else _LINE_END.sub(" ", text.strip("\n"))
    if shape.words and not any(character.isalnum() for character in text):
        return MISSING, Problem(shape.words, f"{what} has no words", node.place)
    if not shape.blank and not text.strip():
        return MISSING, Problem("bad-value", f"{what} has nothing in it", node.place)
    if shape.form and not has_form(text, shape.form):
        return MISSING, Problem("bad-value", f"{what} is '{text}', which is not {shape.form.meaning}", node.place)
    if shape.parts is not None:
        return _read_pattern(shape.parts, text, what, node.place, closest)
    return text, None


def _read_pattern(parts: tuple[str, ...], text: str, what: str, place: Place, closest: Closest) -> Read:
    """A text with parts in braces to be filled in."""
    for name in _PART.findall(text):
        if name not in parts:
            allowed = ", ".join(f"{{{part}}}" for part in parts)
            message = f"nothing fills '{{{name}}}' in {what}"
            return MISSING, Problem("bad-value", message, place, closest.hint(name, parts) or f"it may name {allowed}")
    return text, None


def _read_choice(options: tuple[str, ...], node: Scalar, what: str, closest: Closest) -> Read:
    text = node.text
    if text in options:
        return options[options.index(text)], None
    hint = closest.hint(text, options)
    message = f"{what} is '{text}'; it must be one of {', '.join(options)}"
    return MISSING, Problem("bad-value", message, node.place, hint)


def _read_date(node: Scalar, to_the_day: bool, what: str) -> Read:
    text = node.text
    date = edtf.parse(text)
    if date is None:
        return MISSING, Problem("bad-date", f"{what} is '{text}', which is not a date", node.place, edtf.FORMS)
    if to_the_day and not edtf.to_day(date):
        return MISSING, Problem("bad-date", f"{what} is '{text}'; it must be one day", node.place, "such as 2026-01-22")
    return date, None


def _read_number(shape: NumberShape, node: Scalar, what: str) -> Read:
    match = _NUMBER.fullmatch(node.text)
    if not node.plain or match is None or (shape.whole and match[1]):
        found = f"found '{node.text}'" if node.plain else "found a text in quotes"
        return MISSING, Problem("wrong-type", f"{what} needs {need(shape)}, {found}", node.place)
    value = int(node.text) if shape.whole else float(node.text)
    if not shape.least <= value <= shape.most:
        message = f"{what} is {node.text}; it must lie between {shape.least:g} and {shape.most:g}"
        return MISSING, Problem("bad-value", message, node.place)
    return value, None
