"""A parsed template, and how far its expressions reach: Jinja's nodes say, here, at which offset they begin."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from jinja2 import nodes

from memo.compose.source import Piece, Source
from memo.frozen import frozen

_CLOSING = ("variable_end", "block_end")


def start_of(node: nodes.Node) -> int:
    """The offset at which an expression starts; a call's own offset, say, is that of its parenthesis."""
    match node:
        case nodes.Name() | nodes.Const():
            return node.lineno
        case nodes.Call() | nodes.Getattr() | nodes.Getitem() | nodes.Filter() | nodes.Test() if node.node:
            return start_of(node.node)
        case nodes.BinExpr(left=left):
            return start_of(left)
        case nodes.Compare(expr=first) | nodes.CondExpr(expr1=first):
            return start_of(first)
        case nodes.Concat(nodes=[first, *_]):
            return start_of(first)
        case _:
            return node.lineno


class Extents:
    """The tokens of a template, without white space, to find the ends of its expressions by.

    They are held as numbers and cut from the text when asked for: a template has a token for every six characters.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._types: list[str] = []
        self._offsets, self._ends = array("L"), array("L")
        self._closings = array("L")
        """Which tokens close a pair of braces."""
        self.last = Piece(0, "", "")
        """The last token of all."""

    def read(self, tokens: Iterable[Piece]) -> None:
        """Take in tokens that follow one another."""
        for token in tokens:
            self.last = token
            offset, type_, text = token
            if type_ in _CLOSING:
                self._closings.append(len(self._types))
            self._types.append(type_)
            self._offsets.append(offset)
            self._ends.append(offset + len(text))

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        """Every token's offset, type and text, as Jinja's parser takes them."""
        texts = map(self._text.__getitem__, map(slice, self._offsets, self._ends))
        return zip(self._offsets, self._types, texts, strict=True)

    def __getitem__(self, at: int) -> Piece:
        offset = self._offsets[at]
        return Piece(offset, self._types[at], self._text[offset : self._ends[at]])

    def token(self, offset: int, further: int = 0) -> Piece:
        """The token at an offset, or one that comes so many later."""
        at = bisect_left(self._offsets, offset) + further
        return self[min(at, len(self._offsets) - 1)]

    def comments(self) -> Iterator[Piece]:
        """What stands in each comment, in order."""
        return (self[at] for at, type_ in enumerate(self._types) if type_ == "comment")

    def following(self, offset: int) -> Iterator[tuple[Piece, int]]:
        """The tokens from an offset on, up to the end of their braces, and how many brackets are open after each."""
        depth = 0
        for index in range(bisect_left(self._offsets, offset), len(self._offsets)):
            token = self[index]
            if token.type in _CLOSING:
                return
            if token.type == "operator":
                depth += (token.text in "([{") - (token.text in ")]}")
            yield token, depth

    def end(self, offset: int) -> int:
        """Where an expression ends that starts here: at a comma, a colon, or a bracket that it did not open."""
        last = offset + 1
        for token, depth in self.following(offset):
            if depth < 0 or (depth == 0 and token.type == "operator" and token.text in ",:"):
                break
            last = token.end
        return last

    def close(self, offset: int) -> int:
        """Where the bracket that opens at this offset is closed."""
        return next((token.end for token, depth in self.following(offset) if depth <= 0), offset + 1)

    # What a problem with a node points at: an offset and a length

    def whole(self, node: nodes.Node) -> tuple[int, int]:
        """All of an expression."""
        start = start_of(node)
        match node:
            case nodes.Name() | nodes.Const() | nodes.NSRef():
                return start, len(self.token(start).text)
            case nodes.Call():
                return start, self.close(node.lineno) - start
            case nodes.Getattr():
                return start, self.token(node.lineno, 1).end - start
            case _:
                return start, self.end(start) - start

    def printed(self, node: nodes.Node) -> tuple[int, int]:
        """All that stands between ``{{`` and ``}}``."""
        start = start_of(node)
        closing = bisect_left(self._closings, bisect_left(self._offsets, start))
        last = self._closings[closing] if closing < len(self._closings) else len(self._offsets)
        return start, max(1, self._ends[last - 1] - start)

    def word(self, node: nodes.Node) -> tuple[int, int]:
        """The word a node begins with: a filter's name, a statement's."""
        return node.lineno, len(self.token(node.lineno).text)

    def attribute(self, node: nodes.Node) -> tuple[int, int]:
        """The name after a dot."""
        name = self.token(node.lineno, 1)
        return name.offset, len(name.text)

    def brackets(self, node: nodes.Node) -> tuple[int, int]:
        """The brackets that an item or a mapping stands in."""
        return node.lineno, self.close(node.lineno) - node.lineno

    def test(self, node: nodes.Node) -> tuple[int, int]:
        """The name after ``is`` or ``is not``."""
        name = self.token(node.lineno, 1)
        name = self.token(node.lineno, 2) if name.text == "not" else name
        return name.offset, len(name.text)


@frozen
class Parsed:
    """A template that Jinja's parser has read. Its nodes bear offsets for lines."""

    source: Source
    tree: nodes.Template
    extents: Extents
