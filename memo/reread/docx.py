"""A delivered DOCX: its parts are told apart by their root elements, since a word processor may rename them."""

from __future__ import annotations

from memo.package import Unfit, parse, parts_of, plain_parser
from memo.reread.found import Found, Pages
from memo.reread.word_xml import Reader, View


def read_docx(data: bytes) -> Found:
    """What a Word file says and carries. Raises `memo.package.Unfit`."""
    reader = Reader()
    for name, part in parts_of(data):
        if _is_xml(name, part):
            _read(reader, name, part)
    if reader.bodies != 1:
        raise Unfit("is damaged: it is a zip without one Word document in it")
    if len(reader.carried) > 1:
        raise Unfit("is damaged: it carries more than one document")
    views = (reader.accepted, reader.rejected)
    text, rejected = ("\n".join(_lines(view, reader.around)) for view in views)
    return Found(Pages(text, rejected, _besides(reader)), "".join(reader.carried), reader.by_memo)


def _is_xml(name: str, part: bytes) -> bool:
    """By its name; or by what is in it, since the body may stand under any name (ECMA-376-2, 6.2.2)."""
    by_name = name.lower().endswith((".xml", ".rels"))
    return by_name or b"wordprocessingml" in part or part.startswith((b"\xff\xfe", b"\xfe\xff"))


def _read(reader: Reader, name: str, part: bytes) -> None:
    parser = plain_parser(namespaces=True)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    reader.open_part()
    parse(parser, name, part)


def _lines(view: View, shown: set[str]) -> list[str]:
    """The body, its notes in the order in which they are referred to, and each different header and footer once."""
    notes = (line for key in dict.fromkeys(view.referred) for line in view.stories.get(key, []))
    around = {line for key, lines in view.stories.items() if key[0] in shown for line in lines}
    return [*view.stories.get(("document", ""), []), *notes, *sorted(around)]


def _besides(reader: Reader) -> tuple[str, ...]:
    counted = ((reader.comments, "comment"), (reader.pictures, "picture"))
    return tuple(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted if count)
