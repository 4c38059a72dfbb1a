"""The look of a memo as its files carry it: what it takes to render the pages again where the project is not at hand.

It is what `templates/style.yaml` says that differs from memo's own values, as JSON; of words, those of the memo's own
language. What no page shows is left out. Such a file comes from outside: `read_look` takes nothing on trust, and reads
each value as it would read one of style.yaml.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from memo.facts.declare import to_yaml_data
from memo.facts.style import Style

VERSION = 1
"""The version of the form, and of memo's own values: raised when either changes so that pages would come out another
way."""

MOST_LOOK = 256 * 1024
"""Bytes of a look: all words of a language are some ten thousand."""

DEEPEST = 10
LONGEST_TEXT = 5000


class Look(Struct, frozen=True):
    """A style as a file carries it. ``house`` is the digest of the Word file that its ``house_style`` names."""

    style: Style
    house: str = ""


class NotALook(ValueError):
    """The text is not a look's JSON; the message says why."""


def look_json(style: Style, language: str, house: str = "") -> str:
    """Write what sets a memo's style apart from memo's own, in this language. The same style gives the same text."""
    words = {tag: each for tag, each in style.words.items() if tag in (language, language.split("-")[0])}
    shown = replace(style, words=words, origins={}, markings=(), house_style=style.house_style if house else "")
    body = {"look": VERSION, "style": to_yaml_data(shown), **({"house": house} if house else {})}
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_look(text: str) -> Look:
    """Read back what `look_json` wrote. Raises `NotALook` for anything else, whoever made it."""
    if len(text) > MOST_LOOK:
        raise NotALook("it is too long")
    try:
        body = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotALook("it is not JSON") from error
    if not isinstance(body, dict) or body.keys() - {"house"} != {"look", "style"} or body["look"] is not VERSION:
        raise NotALook(f"it is not of version {VERSION}")
    house = body.get("house", "")
    if not isinstance(house, str) or len(house) > 64:
        raise NotALook("its 'house' is no digest")
    return Look(_style(body["style"]), house)


def _style(data: Any) -> Style:
    """Decode a style by the declarations that style.yaml is read by."""
    # What reads YAML is loaded for a file from outside only: writing a look needs none of it.
    from memo.facts.decode import Decoder
    from memo.suggest import Suggester

    decoder = Decoder("look.json", Suggester(), [])
    style = decoder.decode_nodes(_node(data, 0), Style, "the style")
    if decoder.problems:
        raise NotALook(decoder.problems[0].message[:200])
    assert isinstance(style, Style), "what has no problem is read"
    return style


def _node(value: Any, depth: int) -> Any:
    """Turn a JSON value into the node that YAML would have for it."""
    from memo.facts.yaml_nodes import MappingNode, ScalarNode, SequenceNode

    here = ("look.json", 1, 1, 1)
    if depth > DEEPEST:
        raise NotALook("it nests too deep")
    match value:
        case dict():
            pairs = [(_node(key, depth + 1), _node(inner, depth + 1)) for key, inner in value.items()]
            return MappingNode(here, pairs)
        case list():
            return SequenceNode(here, [_node(item, depth + 1) for item in value])
        case str():
            if len(value) > LONGEST_TEXT or not all(char.isprintable() for char in value):
                raise NotALook("it has a text that no style has")
            return ScalarNode(here, value, plain=False)
        case bool() | int() | float():
            return ScalarNode(here, json.dumps(value), plain=True)
        case _:
            raise NotALook("it has a value that no style has")
