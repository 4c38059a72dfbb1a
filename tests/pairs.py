"""Pairs of a memo and its next version, drawn from a number: the same whatever changes in the project.

Hypothesis draws constants from the source it tests, and so other documents after each change of it, with the same seed
too. What slow programs are shown is to stay the same, and known to hold for it: so it is drawn here.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from msgspec.structs import replace

from memo.compose.finish import keyed
from memo.document.tree import (
    Block,
    Callout,
    Cell,
    Claim,
    Document,
    Emphasis,
    Event,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListItem,
    Metadata,
    PageBreak,
    Paragraph,
    Quotation,
    Row,
    Rule,
    Strong,
    Table,
    Text,
)
from tests.documents import ALIGNS, FACTS, merged

WORDS = (
    *("harbour", "berth", "crane", "quay", "ferry", "customs", "trade", "cargo", "pilot", "channel", "storm", "tariff"),
    *("council", "grew", "shrank", "opened", "closed", "announced", "delayed", "three", "seven", "12", "2,400", "2.5"),
    *("in", "of", "and", "from", "before", "after", "the", "a", "new", "old", "last", "next", "(draft)", "north-east"),
)


def pair(seed: int) -> tuple[Document, Document]:
    """A memo and the same after some edits of every sort: words, notes, cells, rows, items, figures, whole blocks."""
    random = Random(seed)
    maker = _Maker(random)
    title = maker.words(1, 4)
    metadata = Metadata(title, title, "Committee", "Port desk", "2031-03-14", "14 March 2031", as_of="2031-03-01")
    blocks = tuple(maker.block(2) for _ in range(random.randint(1, 9)))
    editor = _Editor(maker, random.choice((4, 6, 9)))
    edited = editor.list((*blocks, maker.heading(), maker.paragraph()), lambda: maker.block(1), least=1)
    renamed = replace(metadata, title=maker.words(1, 4)) if editor.now() else metadata
    return Document(metadata, _finished(blocks)), Document(renamed, _finished(edited))


def _finished(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    headings = iter(range(1000))
    return keyed(
        tuple(replace(one, anchor=f"anchor-{next(headings)}") if isinstance(one, Heading) else one for one in blocks)
    )


class _Maker:
    """Draws the parts of a memo."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def words(self, least: int = 1, most: int = 9) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(self.random.randint(least, most)))

    def sentence(self) -> str:
        return f"{self.words(2, 12).capitalize()}."

    def facts(self) -> tuple[str, ...]:
        return tuple(self.random.sample(FACTS, self.random.randint(1, 2)))

    # Inlines

    def content(self, notes: bool = True, links: bool = True, most: int = 5) -> tuple[Inline, ...]:
        """Sentences and phrases with notes behind them."""
        run: list[Inline] = []
        for _ in range(self.random.randint(1, most)):
            run += [Text(" ")] if run and not isinstance(run[-1], LineBreak) else []
            run.append(self.inline(links))
            if notes and self.random.random() < 0.25:
                run += [self.note() for _ in range(self.random.choice((1, 1, 1, 2)))]
            elif self.random.random() < 0.05:
                run.append(LineBreak())
        return merged(run[:-1] if isinstance(run[-1], LineBreak) else run)

    def inline(self, links: bool) -> Inline:
        match self.random.choice(("text", "text", "text", "claim", "claim", "strong", "emphasis", "link")):
            case "claim":
                return Claim(self.sentence(), self.facts(), "brief")
            case "strong":
                return Strong((Text(self.words()),))
            case "emphasis":
                return Emphasis((Text(self.words()),))
            case "link" if links:
                return Link((Text(self.words(1, 3)),), f"https://example.org/{self.random.randint(1, 9)}")
            case _:
                return Text(self.sentence())

    def note(self) -> Footnote:
        return Footnote(self.content(notes=False, most=2), self.facts())

    # Blocks

    def block(self, depth: int, within: bool = False) -> Block:
        kinds = ["paragraph", "paragraph", "table", "figure"]
        kinds += ["list", "list", "quotation", "callout"] * (depth > 0)
        kinds += ["heading", "heading", "rule", "page-break"] * (not within)
        match self.random.choice(kinds):
            case "heading":
                return self.heading()
            case "list":
                return self.list(depth)
            case "table":
                return self.table()
            case "figure":
                return self.figure()
            case "quotation":
                return Quotation(self.blocks(depth - 1))
            case "callout":
                kind = self.random.choice(("bottom-line", "note", "warning"))
                return Callout(kind, self.words(1, 3), self.blocks(depth - 1))
            case "rule":
                return Rule()
            case "page-break":
                return PageBreak()
            case _:
                return self.paragraph()

    def blocks(self, depth: int) -> tuple[Block, ...]:
        return tuple(self.block(depth, within=True) for _ in range(self.random.randint(1, 3)))

    def paragraph(self) -> Paragraph:
        return Paragraph(self.content())

    def heading(self) -> Heading:
        return Heading(self.random.randint(1, 4), self.content(most=1), "")

    def list(self, depth: int) -> List:
        items = tuple(self.item(depth) for _ in range(self.random.randint(1, 4)))
        ordered = self.random.random() < 0.5
        return List(items, ordered, self.random.randint(1, 4) if ordered else 1, self.random.random() < 0.5)

    def item(self, depth: int) -> ListItem:
        more = self.blocks(depth - 1) if self.random.random() < 0.25 else ()
        return ListItem((self.paragraph(), *more))

    def table(self) -> Table:
        width = self.random.randint(1, 4)
        rows = tuple(self.row(width) for _ in range(self.random.randint(1, 4)))
        align = tuple(self.random.choice(ALIGNS) for _ in range(width))
        return Table(self.row(width), rows, align, self.content(most=2) if self.random.random() < 0.5 else ())

    def row(self, width: int) -> Row:
        return Row(tuple(Cell(self.content(most=2) if self.random.random() < 0.9 else ()) for _ in range(width)))

    def figure(self) -> Figure:
        years = sorted(self.random.sample(range(1994, 2031), self.random.randint(2, 6)))
        events = tuple(Event(str(year), str(year), self.words(1, 3), self.facts(), "done") for year in years)
        caption = self.content(notes=False, most=2) if self.random.random() < 0.7 else ()
        return Figure("timeline", events, self.words(), caption)


class _Editor:
    """Edits at random places of a memo: one place in ``share``."""

    def __init__(self, make: _Maker, share: int) -> None:
        self.make = make
        self.share = share

    def now(self) -> bool:
        return self.make.random.randrange(self.share) == 0

    def list(self, held: tuple[Any, ...], new: Callable[[], Any], least: int = 0) -> tuple[Any, ...]:
        """Some gone, some come, some edited."""
        done: list[Any] = []
        for one in held:
            if self.now():
                done.append(new())
            if not self.now():
                done.append(self.node(one))
        if self.now():
            done.append(new())
        return tuple(done) if len(done) >= least else held

    def node(self, node: Any) -> Any:
        match node:
            case Heading() | Paragraph():
                return replace(node, content=self.run(node.content))
            case List():
                return replace(node, items=self.list(node.items, lambda: self.make.item(0), 1))
            case ListItem(blocks=(first, *rest)):
                more = self.list(tuple(rest), lambda: self.make.block(0, within=True))
                return replace(node, blocks=(self.node(first), *more))
            case Quotation() | Callout():
                inner = self.list(node.blocks, lambda: self.make.block(0, within=True), 1)
                return replace(node, blocks=inner)
            case Table():
                width = len(node.header.cells)
                rows = self.list(node.rows, lambda: self.make.row(width))
                return replace(node, header=self.node(node.header), rows=rows, caption=self.run(node.caption))
            case Row():
                return replace(node, cells=tuple(Cell(self.run(cell.content)) for cell in node.cells))
            case Figure():
                return self.make.figure() if self.now() else replace(node, caption=self.run(node.caption, False))
        return node

    def run(self, content: tuple[Inline, ...], notes: bool = True) -> tuple[Inline, ...]:
        """The same with a few words others, a note gone, a note or a sentence come."""
        done: list[Inline] = []
        for inline in content:
            if not (isinstance(inline, Footnote) and self.now()):
                done.append(self.inline(inline))
            if isinstance(inline, Claim | Text) and self.now():
                done += [self.make.note()] if notes else []
        if content and self.now():
            done += [Text(" "), self.make.inline(links=True)]
        return merged(done)

    def inline(self, inline: Inline) -> Inline:
        match inline:
            case Text(text=text) | Claim(text=text) if text.strip() and self.now():
                words = text.split(" ")
                at = self.make.random.randrange(len(words))
                words[at] = self.make.words(1, 3) if words[at] else ""
                return replace(inline, text=" ".join(words))
            case Strong() | Emphasis() | Link():
                return replace(inline, content=tuple(map(self.inline, inline.content)))
            case Footnote():
                return replace(inline, content=self.run(inline.content, notes=False))
        return inline
