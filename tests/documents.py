"""Documents to test with: `documents()`, a Hypothesis strategy for random ones, and `kitchen_sink()`, a fixed one.

Both hold to what `memo.compose` promises of a document: anchors are unique and links lead to them; every row has as
many cells as its header; no footnote stands in a footnote or in a link, and no link in a link; two Texts never touch;
no run of inlines begins or ends with white space, or is empty where words are due; every block has its key.

Import as ``from tests.documents import documents, kitchen_sink``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from hypothesis import strategies as st
from msgspec.structs import replace

from memo.compose.finish import keyed
from memo.document.tree import (
    Align,
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
    Mark,
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

ASCII = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:-'()"
"""Letters that every font has and no format escapes."""

MARKUP = ASCII + '<>&"*_#`[]{}|\\/$%~^@!=+?'
"""What some format gives a meaning to."""

SCRIPTS = MARKUP + "əƏğışöüçİéñßł–—’“”…€№§ЖяўґΑλάΩհայქართ\u00a0\u2011"
"""Several scripts: Latin with Azerbaijani, Cyrillic, Greek, Armenian, Georgian; typographic marks."""

ANY = st.characters(exclude_categories=("Cs", "Co", "Cc", "Cn", "Zl", "Zp"))
"""Every character that may stand in a document: no surrogate, private-use, control or unassigned one."""

FACTS = tuple(f"fact-{letter}" for letter in "abcdefgh")
KINDS: tuple[Literal["bottom-line", "note", "warning"], ...] = ("bottom-line", "note", "warning")
ALIGNS: tuple[Align, ...] = ("left", "right", "center")
LANGUAGES = ("", "", "", "az", "ru", "hy", "ka")


def texts(alphabet: str | st.SearchStrategy[str] = SCRIPTS, most_words: int = 12) -> st.SearchStrategy[str]:
    """Words with one space between, none at the ends, never empty."""
    word = st.text(alphabet, min_size=1, max_size=9).map(lambda text: "".join(text.split()) or "a")
    return st.lists(word, min_size=1, max_size=most_words).map(" ".join)


@st.composite
def documents(
    draw: st.DrawFn,
    alphabet: str | st.SearchStrategy[str] = SCRIPTS,
    most_blocks: int = 8,
    depth: int = 2,
    marks: bool = False,
) -> Document:
    """A random document with every kind of block and inline.

    ``alphabet`` is the characters of its words, or a strategy for one; ``most_blocks`` how many top-level blocks at
    most; ``depth`` how deep lists and boxes nest; ``marks`` whether inlines, rows and blocks may bear change marks.
    """
    make = _Maker(draw, alphabet, marks)
    metadata = make.metadata()
    blocks = tuple(make.block(depth) for _ in range(draw(st.integers(0, most_blocks))))
    return Document(metadata, keyed(_with_anchors(blocks)))


@st.composite
def edits(
    draw: st.DrawFn, alphabet: str | st.SearchStrategy[str] = SCRIPTS, depth: int = 2
) -> tuple[Document, Document]:
    """A random document, and the same after a few edits of every sort: words, notes, rows, items, whole blocks."""
    old = draw(documents(alphabet, depth=depth))
    editor = _Editor(_Maker(draw, alphabet, False), draw(st.integers(1, 6)))
    blocks = (*editor.list(old.blocks[:-2], lambda: editor.make.block(1)), *map(editor.node, old.blocks[-2:]))
    metadata = draw(st.just(old.metadata) | st.builds(replace, st.just(old.metadata), title=editor.make.short))
    return old, Document(metadata, keyed(_numbered(blocks)))


class _Editor:
    """Makes a few edits at random places of a document."""

    def __init__(self, make: _Maker, share: int) -> None:
        self.make = make
        self.share = share

    def now(self) -> bool:
        """Whether to edit here: one place in a few."""
        return self.make.draw(st.integers(0, 3 + self.share)) == 0

    def list(self, held: tuple[Any, ...], new: Callable[[], Any], least: int = 0) -> tuple[Any, ...]:
        """Some gone, some come, some edited."""
        done: list[Any] = []
        for one in held:
            if self.now():
                done.append(new())
            if not self.now() or len(held) <= least:
                done.append(self.node(one))
        return tuple(done) if len(done) >= least else held

    def node(self, node: Any) -> Any:
        match node:
            case Heading() | Paragraph():
                return replace(node, content=self.run(node.content))
            case List():
                return replace(node, items=self.list(node.items, lambda: self.make.item(0), 1))
            case ListItem() | Quotation() | Callout():
                least = 0 if isinstance(node, ListItem) else 1
                return replace(node, blocks=self.list(node.blocks, lambda: self.make.block(0, within=True), least))
            case Table():
                width = len(node.header.cells)
                rows = self.list(node.rows, lambda: self.make.row(width))
                return replace(node, header=self.node(node.header), rows=rows, caption=self.run(node.caption))
            case Row():
                return replace(node, cells=tuple(Cell(self.run(cell.content)) for cell in node.cells))
            case Figure():
                return self.make.figure() if self.now() else replace(node, caption=self.run(node.caption))
        return node

    def run(self, content: tuple[Inline, ...], notes: bool = True) -> tuple[Inline, ...]:
        """The same with a few words others, a note gone, a word come."""
        done: list[Inline] = []
        for inline in content:
            if not self.now() or not done:
                done.append(self.inline(inline, notes))
            if notes and self.now() and isinstance(inline, Text | Claim):
                done.append(self.make.note(0))
        return merged(done)

    def inline(self, inline: Inline, notes: bool) -> Inline:
        if not self.now():
            return inline
        match inline:
            case Text(text=text) | Claim(text=text):
                words = text.split(" ")
                words[self.make.draw(st.integers(0, len(words) - 1))] = self.make.draw(self.make.short)
                return replace(inline, text=" ".join(words))
            case Strong() | Emphasis():
                return replace(inline, content=self.run(inline.content, notes))
            case Footnote() | Link():
                return replace(inline, content=self.run(inline.content, False))
        return inline


class _Maker:
    """Draws the parts of one document."""

    def __init__(self, draw: st.DrawFn, alphabet: str | st.SearchStrategy[str], marks: bool) -> None:
        self.draw = draw
        self.texts = texts(alphabet)
        self.short = texts(alphabet, 4)
        self.marks = (
            st.none() | st.builds(Mark, st.sampled_from(("inserted", "deleted")), st.integers(0, 3))
            if marks
            else st.none()
        )
        self.facts = st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique=True).map(tuple)

    def mark(self) -> Mark | None:
        return self.draw(self.marks)

    def metadata(self) -> Metadata:
        day = self.draw(st.dates().map(str))
        optional = st.just("") | self.short
        return Metadata(
            title=self.draw(self.short),
            short_title=self.draw(self.short),
            to=self.draw(self.short),
            sender=self.draw(self.short),
            date=day,
            date_shown=day,
            reference=self.draw(optional),
            banner=self.draw(optional),
            # Two for which memo has no words: those who read what is rendered look for English ones.
            language=self.draw(st.sampled_from(("en-GB", "hy", "ka"))),
            as_of=day,
            as_of_shown=day,
            edition=self.draw(optional),
        )

    # Inlines

    def content(self, notes: bool = True, links: bool = True, depth: int = 2) -> tuple[Inline, ...]:
        """A run of inlines that begins and ends with a word or a note."""
        run: list[Inline] = [self.words()]
        for _ in range(self.draw(st.integers(0, 5))):
            following = self.words() if isinstance(run[-1], LineBreak) else self.inline(notes, links, depth)
            if not isinstance(following, Footnote | LineBreak) and not isinstance(run[-1], LineBreak):
                run.append(Text(" ", mark=self.mark()))
            run.append(following)
        if isinstance(run[-1], LineBreak):
            run.append(self.words())
        return merged(run)

    def inline(self, notes: bool, links: bool, depth: int) -> Inline:
        kinds = ["words", "words", "break"]
        kinds += ["note"] * 2 * notes
        kinds += ["strong", "emphasis"] * (depth > 0)
        kinds += ["link"] * (links and depth > 0)
        match self.draw(st.sampled_from(kinds)):
            case "break":
                return LineBreak(self.mark())
            case "note":
                return self.note(depth - 1)
            case "strong":
                return Strong(self.content(notes, links, depth - 1), self.mark())
            case "emphasis":
                return Emphasis(self.content(notes, links, depth - 1), self.mark())
            case "link":
                return Link(self.content(notes=False, links=False, depth=depth - 1), self.target(), self.mark())
            case _:
                return self.words()

    def words(self) -> Inline:
        language = self.draw(st.sampled_from(LANGUAGES))
        words = self.draw(self.texts)
        if self.draw(st.booleans()):
            part = self.draw(st.sampled_from(("claim", "brief", "phrase", "date", "value")))
            return Claim(words, self.draw(self.facts), part, language, self.mark())
        return Text(words, language, self.mark())

    def note(self, depth: int) -> Footnote:
        content = self.content(notes=False, links=depth > 0, depth=max(depth, 0))
        return Footnote(content, self.draw(st.just(()) | self.facts), self.mark())

    def target(self) -> str:
        web = ("https://example.org/a?b=1&c=%20#d", "http://example.com", "mailto:desk@example.org")
        return self.draw(st.sampled_from((*web, "#anchor-0", "#anchor-1")))

    # Blocks

    def blocks(self, depth: int) -> tuple[Block, ...]:
        return tuple(self.block(depth, within=True) for _ in range(self.draw(st.integers(1, 3))))

    def block(self, depth: int, within: bool = False) -> Block:
        kinds = ["paragraph", "paragraph", "table", "figure"]
        kinds += ["list", "quotation", "callout"] * (depth > 0)
        kinds += ["heading", "heading", "rule", "page-break"] * (not within)
        match self.draw(st.sampled_from(kinds)):
            case "heading":
                return Heading(self.draw(st.integers(1, 4)), self.content(), "", mark=self.mark())
            case "list":
                return self.list(depth)
            case "table":
                return self.table()
            case "figure":
                return self.figure()
            case "quotation":
                return Quotation(self.blocks(depth - 1), mark=self.mark())
            case "callout":
                kind = self.draw(st.sampled_from(KINDS))
                return Callout(kind, self.draw(self.short), self.blocks(depth - 1), mark=self.mark())
            case "rule":
                return Rule(mark=self.mark())
            case "page-break":
                return PageBreak(mark=self.mark())
            case _:
                return Paragraph(self.content(), mark=self.mark())

    def list(self, depth: int) -> List:
        items = tuple(self.item(depth) for _ in range(self.draw(st.integers(1, 4))))
        ordered, tight = self.draw(st.booleans()), self.draw(st.booleans())
        return List(items, ordered, self.draw(st.integers(0, 12)) if ordered else 1, tight, mark=self.mark())

    def item(self, depth: int) -> ListItem:
        """An item most often opens with a paragraph, yet an empty one, or one that opens with a list, is Markdown."""
        if self.draw(st.integers(0, 9)) == 0:
            return ListItem((), mark=self.mark())
        first = Paragraph(self.content(), mark=self.mark())
        more = self.blocks(depth - 1) if self.draw(st.integers(0, 2)) == 0 else ()
        return ListItem((first, *more), mark=self.mark())

    def table(self) -> Table:
        width = self.draw(st.integers(1, 4))
        rows = tuple(self.row(width) for _ in range(self.draw(st.integers(0, 4))))
        align = tuple(self.draw(st.sampled_from(ALIGNS)) for _ in range(width))
        caption = self.content() if self.draw(st.booleans()) else ()
        return Table(self.row(width), rows, align, caption, mark=self.mark())

    def row(self, width: int) -> Row:
        return Row(tuple(self.cell() for _ in range(width)), mark=self.mark())

    def cell(self) -> Cell:
        return Cell(self.content(depth=1) if self.draw(st.integers(0, 5)) else ())

    def figure(self) -> Figure:
        events = tuple(self.event(index) for index in range(self.draw(st.integers(2, 7))))
        caption = self.content(notes=False) if self.draw(st.booleans()) else ()
        return Figure("timeline", events, self.draw(self.texts), caption, mark=self.mark())

    def event(self, index: int) -> Event:
        year = 1994 + index * self.draw(st.integers(0, 9))
        status = self.draw(st.sampled_from(("", "done", "under-way", "announced", "expected")))
        return Event(str(year), str(year), self.draw(self.short), self.draw(self.facts), status)


def merged(run: list[Inline]) -> tuple[Inline, ...]:
    """The same run with neighbouring Texts of one language and mark joined."""
    joined: list[Inline] = []
    for inline in run:
        last = joined[-1] if joined else None
        if isinstance(last, Text) and isinstance(inline, Text) and _alike(last, inline):
            joined[-1] = replace(last, text=last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)


def _alike(one: Text, other: Text) -> bool:
    return (one.language, one.mark) == (other.language, other.mark)


def _with_anchors(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with their headings' anchors numbered, and two headings at the end if links may want them."""
    return _numbered((*blocks, *(Heading(1, (Text(f"Section {number}"),), "") for number in (1, 2))))


def _numbered(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    headings = iter(range(1000))
    return tuple(
        replace(block, anchor=f"anchor-{next(headings)}") if isinstance(block, Heading) else block for block in blocks
    )


def kitchen_sink() -> Document:
    """Every block and inline once or more, with notes in every kind of place, nested lists, and several scripts."""
    metadata = Metadata(
        title="Every block & inline <of a memo>: Azərbaycan və NATO",
        short_title="Every block & inline",
        to="Deputy Secretary-General; Heads of Division",
        sender="Policy Planning, “South Caucasus” desk",
        date="2026-02-02",
        date_shown="2 February 2026",
        reference="PP(2026)0007",
        banner="For official use",
        language="en-GB",
        as_of="2026-01-23",
        as_of_shown="23 January 2026",
    )
    return Document(metadata, keyed((*_opening(), *_lists(), *_tables_and_figure(), *_scripts())))


def note(text: str, *facts: str) -> Footnote:
    """A footnote of plain words."""
    return Footnote((Text(text),), facts)


def paragraph(*content: Inline | str) -> Paragraph:
    """A paragraph; a bare string stands for Text."""
    return Paragraph(_run(*content))


def _run(*content: Inline | str) -> tuple[Inline, ...]:
    return tuple(Text(inline) if isinstance(inline, str) else inline for inline in content)


def _opening() -> tuple[Block, ...]:
    source = Footnote(
        (
            Text("News report of 23 January 2026, para. 9, "),
            Emphasis((Text("NATO-Azərbaycan: yeni mərhələ", language="az"),)),
            Text("; "),
            Link((Text("example.org"),), "https://example.org/news?id=1&lang=en"),
            Text("; probably true."),
        ),
        ("programme",),
    )
    bottom_line = Callout(
        "bottom-line",
        "Bottom line",
        (
            paragraph(
                "Azerbaijan gains a framework; NATO gains a partner. ",
                Claim("NATO is ready to finalise a tailored partnership programme.", ("programme",), "brief"),
                source,
            ),
            paragraph("Nothing is signed yet."),
        ),
    )
    return (
        bottom_line,
        Heading(1, _run("Executive summary", note("A note in a heading of level 1.")), "executive-summary"),
        paragraph(
            Strong(_run("Bold lead words. ", Emphasis(_run("Bold italic")), ".")),
            " Then plain, ",
            Emphasis(_run("italic")),
            ", a ",
            Link(_run("web link"), "https://example.org/"),
            ", a ",
            Link(_run("mail ", Emphasis(_run("link"))), "mailto:desk@example.org"),
            " and a ",
            Link(_run("link to the risks"), "#risks"),
            "; 5 < 6 & 7 > 2, “quoted”, 'plain', C:\\path, 100 %, _under_ *star* #hash.",
            LineBreak(),
            "After a forced line break, ",
            Claim("600 million dollars", ("trade",), "value"),
            " of trade.",
            note("First of two notes in one paragraph.", "trade"),
            " ",
            Claim("Analysts cited by South Caucasus News say so.", ("strain", "trade")),
            Footnote(
                _run(Claim("South Caucasus News", ("strain",), "attribution"), ", para. 28; possibly true."),
                ("strain",),
            ),
        ),
        Heading(2, _run("A second level with ", Claim("a claim", ("programme",), "phrase")), "a-second-level"),
        Heading(3, _run("A third level"), "a-third-level"),
        paragraph("A paragraph long enough to wrap: " + "the quick brown fox jumps over the lazy dog, " * 6 + "again."),
        Callout("note", "Note", (paragraph("A note box.", note("A note in a callout.")), List((_item("point"),)))),
        Callout("warning", "Caution", (paragraph("A warning box."),)),
        Quotation((paragraph("Somebody’s very words.", note("A note in a quotation.")), paragraph("More of them."))),
        Rule(),
    )


def _item(*content: Inline | str | Block) -> ListItem:
    words = tuple(part for part in content if not isinstance(part, List | Paragraph | Table | Quotation))
    blocks = tuple(part for part in content if isinstance(part, List | Paragraph | Table | Quotation))
    first = (Paragraph(_run(*words)),) if words else ()  # type: ignore[arg-type]
    return ListItem((*first, *blocks))


def _lists() -> tuple[Block, ...]:
    deepest = List((_item("third level, a"), _item("third level, b", note("A note three levels down."))))
    numbered = List(
        (
            _item("second level, from four", deepest),
            _item("second level, five: ", Claim("gas flows", ("gas",), "brief"), note("Gas.", "gas")),
        ),
        ordered=True,
        start=4,
    )
    loose = List(
        (
            _item("A loose item", paragraph("with a second paragraph", note("A note in a second paragraph."))),
            _item("Another", Quotation((paragraph("with a quotation"),))),
        ),
        tight=False,
    )
    return (
        Heading(1, _run("Benefits to Azerbaijan"), "benefits-azerbaijan"),
        List((_item("first level, a", note("A note in a list item.")), _item("first level, b", numbered), _item("c"))),
        paragraph("Between lists."),
        List(tuple(_item(f"item {number}") for number in range(9, 12)), ordered=True, start=9),
        loose,
    )


def _tables_and_figure() -> tuple[Block, ...]:
    def row(*cells: tuple[Inline, ...]) -> Row:
        return Row(tuple(Cell(cell) for cell in cells))

    table = Table(
        row(_run("Actor"), _run("Position", note("A note in a table header.")), _run("Amount")),
        (
            row(
                _run(Strong(_run("Russia"))), _run("opposes", note("A note in a table cell.", "strain")), _run("1,200")
            ),
            row(_run("Iran"), _run("watches", LineBreak(), "and waits"), _run(Claim("600", ("trade",), "value"))),
            row(_run("Armenia"), (), _run("–")),
        ),
        ("left", "center", "right"),
        _run("Positions, as the sources report them", note("A note in a caption.")),
    )
    dates = (
        ("1994-05", "May 1994", "Joins Partnership for Peace", "done"),
        ("2002/2021", "2002 to 2021", "Troops in Afghanistan", "done"),
        ("2019?", "2019 (uncertain)", "Talks on a programme", ""),
        ("2026-01-21", "21 January 2026", "Visit to Baku: Həmkarlıq", "done"),
        ("2026-06~", "about June 2026", "Programme finalised", "announced"),
        ("2027/..", "from 2027", "Programme in force", "expected"),
    )
    events = tuple(
        Event(date, shown, label, (f"event-{number}",), status)
        for number, (date, shown, label, status) in enumerate(dates)
    )
    alt = "Timeline. " + "; ".join(f"{event.shown}: {event.label}" for event in events) + "."
    return (
        Heading(1, _run("Risks"), "risks"),
        table,
        Table(row(_run("Alone")), (), ("left",)),
        PageBreak(),
        Figure("timeline", events, alt, _run("Thirty years, ", Emphasis(_run("as dated")), " by the sources")),
    )


def _scripts() -> tuple[Block, ...]:
    return (
        Heading(1, _run("Sources"), "sources"),
        paragraph("Azerbaijani: ", Text("Şəki, Gəncə, İsmayıllı, çörək, öğüd", language="az"), "."),
        paragraph("Russian: ", Text("Азербайджан и НАТО — партнёры", language="ru"), "."),
        paragraph(
            "Armenian: ", Text("Հայաստան", language="hy"), "; Georgian: ", Text("საქართველო", language="ka"), "."
        ),
        paragraph("Greek: Ελλάδα; German: Größe; Polish: Łódź; no-break space: 25\u00a0%; dashes: – —; euro: €."),
        paragraph(Claim("https://example.org/a-very-long-address/" + "with-no-space-in-it-" * 8, ("gas",), "source")),
    )
