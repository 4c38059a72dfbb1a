"""A reader of PDFs that knows nothing of memo: structure tree, text of each marked stretch, where links lead."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAINTS = frozenset(("Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "EI"))
_PAIR = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,8})>")


@dataclass(slots=True)
class Stretch:
    """What is marked as one on a page: its text as shown, what it says, and the baselines it stands on.

    The two texts differ where there is ActualText (ISO 32000-1, 14.9.4).
    """

    text: str = ""
    said: str = ""
    baselines: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Node:
    """An element of the structure tree. ``kids`` are nodes, and (page, number) of marked stretches; pages from 0.

    ``links`` are the page of each active area and where it leads, ``areas`` their object numbers.
    """

    tag: str
    entries: dict[str, str]
    kids: list[Node | tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    areas: list[tuple[int, int]] = field(default_factory=list)

    def all(self) -> Iterator[Node]:
        """It and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.all()

    def find(self, tag: str) -> list[Node]:
        """Every node with that tag, in reading order."""
        return [node for node in self.all() if node.tag == tag]

    def stretches(self, but: str = "") -> Iterator[tuple[int, int]]:
        """The marked stretches in it, in reading order; those left out that are in elements with a tag in ``but``."""
        for kid in self.kids:
            if not isinstance(kid, Node):
                yield kid
            elif kid.tag not in but.split():
                yield from kid.stretches(but)

    def pages(self) -> list[int]:
        """The pages it stands on, in reading order."""
        return [page for page, _ in self.stretches()]


class Reading:
    """A PDF as read."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        assert self.pdf.check_pdf_syntax() == []
        self.stretches: dict[tuple[int, int], Stretch] = {}
        self.unmarked = 0
        self._page_of = {page.objgen: index for index, page in enumerate(self.pdf.pages)}
        for index, page in enumerate(self.pdf.pages):
            self._read_page(index, page)
        self.root = self.node(self.pdf.Root.StructTreeRoot.K)

    def text(self, node: Node, but: str = "") -> str:
        """The text of a node, as shown, without what is in elements with a tag in ``but``."""
        return "".join(self.stretches[at].text for at in node.stretches(but))

    def said(self, node: Node, but: str = "") -> str:
        """The same, as those hear it who do not see it."""
        return "".join(self.stretches[at].said for at in node.stretches(but))

    def find(self, tag: str) -> list[Node]:
        """Every node with that tag, in reading order."""
        return self.root.find(tag)

    def destination(self, dest: Any) -> tuple[int, float]:
        """The page, from 0, and the height in points that a destination names."""
        return self._page_of[dest[0].objgen], float(dest[3])

    def _read_page(self, index: int, page: pikepdf.Page) -> None:
        fonts = {name: _meanings(font) for name, font in page.Resources.Font.items()}
        open_: list[tuple[Stretch | None, bool]] = []
        font: dict[int, str] = {}
        baseline = 0.0
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            match str(operator):
                case "BDC" | "BMC":
                    open_.append(self._opened(index, operands, *(open_[-1] if open_ else (None, False))))
                case "EMC":
                    open_.pop()
                case "Tf":
                    font = fonts[str(operands[0])]
                case "Tm":
                    baseline = float(operands[5])
                case "TJ" if open_ and (stretch := open_[-1][0]):
                    shown = "".join(_decoded(each, font) for each in operands[0])
                    stretch.text += shown
                    stretch.said += "" if open_[-1][1] else shown
                    stretch.baselines.append(baseline)
            self.unmarked += str(operator) in _PAINTS and not open_
        assert not open_

    def _opened(self, index: int, operands: Any, around: Stretch | None, told: bool) -> tuple[Stretch | None, bool]:
        """The stretch that a mark opens or stands in, and whether what it says is told already."""
        entries: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
        if "/MCID" in entries:
            at = index, int(entries["/MCID"])
            assert at not in self.stretches
            stretch = self.stretches[at] = Stretch(said=str(entries.get("/ActualText", "")))
            return stretch, "/ActualText" in entries
        if "/ActualText" in entries and around and not told:
            around.said += str(entries["/ActualText"])
            return around, True
        return around, told

    def node(self, element: Any) -> Node:
        """An element of the tree, and all below it."""
        entries = {key: str(element[key]) for key in ("/ActualText", "/Alt", "/Lang", "/ID") if key in element}
        if "/A" in element:
            entries.update({key: _plain(value) for key, value in element.A.items() if key != "/O"})
        node = Node(str(element.S)[1:], entries)
        own = self._page_of[element.Pg.objgen] if "/Pg" in element else -1
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._add(node, kid, own)
        return node

    def _add(self, node: Node, kid: Any, page: int) -> None:
        if isinstance(kid, int):
            node.kids.append((page, kid))
        elif kid.get("/Type") == "/MCR":
            node.kids.append((self._page_of[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            target = (
                str(kid.Obj.A.URI) if "/A" in kid.Obj else "page {} at {:.0f}".format(*self.destination(kid.Obj.Dest))
            )
            node.links.append((self._page_of[kid.Pg.objgen], target))
            node.areas.append(kid.Obj.objgen)
        else:
            node.kids.append(self.node(kid))


def _meanings(font: Any) -> dict[int, str]:
    """What each code of a font means, by its ToUnicode map."""
    found = _PAIR.findall(font.ToUnicode.read_bytes().decode("ascii"))
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in found}


def _decoded(shown: Any, font: dict[int, str]) -> str:
    return "".join(font[code] for code in bytes(shown)) if isinstance(shown, pikepdf.String) else ""


def _plain(value: Any) -> str:
    return " ".join(str(each) for each in value) if isinstance(value, pikepdf.Array) else str(value)


def tree_as_text(reading: Reading) -> str:
    """The structure tree, a node a line, with what it says: for people, and to compare."""
    return "\n".join(_node_lines(reading, reading.root, 0)) + "\n"


def _node_lines(reading: Reading, node: Node, depth: int) -> Iterator[str]:
    entries = "".join(f" {key[1:]}={value!r}" for key, value in node.entries.items())
    links = "".join(f" -> {target}" for _, target in node.links)
    yield "  " * depth + node.tag + entries + links
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _node_lines(reading, kid, depth + 1)
        else:
            yield "  " * (depth + 1) + f"[{kid[0] + 1}] {reading.stretches[kid].said!r}"
