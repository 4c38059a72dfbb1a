"""Read a DOCX from outside: its words with tracked changes accepted and rejected, and the document that it carries.

Parts are told apart by their root elements, since a word processor may rename them. Elements are met one by one and
forgotten; the words of the file are all that is kept. Clauses without a name are those of ECMA-376-1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from memo.delivered.contents import MOST_TEXT, FileContents, Pages, count_extras, tidy_lines
from memo.document.as_json import NAMESPACE
from memo.word_package import TooMuch, Unfit, parse, parts_of, plain_parser


def read_docx(data: bytes) -> FileContents:
    """Read what a Word file says and carries. Raises `memo.word_package.Unfit`."""
    reader = WordReader()
    for name, part in parts_of(data):
        if _is_xml(name, part):
            _read_part(reader, name, part)
    # With a second body, one could be shown by Word and the other be compared by us.
    if reader.bodies != 1:
        raise Unfit("is damaged: it is a zip without one Word document in it")
    if len(reader.documents) > 1:
        raise Unfit("is damaged: it carries more than one document")
    accepted, rejected = ("\n".join(_lines(view, reader.margins)) for view in (reader.accepted, reader.rejected))
    extras = count_extras((reader.comments, "comment"), (reader.pictures, "picture"))
    return FileContents(Pages(accepted, rejected, extras), "".join(reader.documents), reader.by_memo)


def _is_xml(name: str, part: bytes) -> bool:
    """Tell whether a part may hold words: by its name, or by its content, as the body may have any name."""
    by_name = name.lower().endswith((".xml", ".rels"))
    # Which part is the body is said by a relationship, not by its name (ECMA-376-2, 6.2.2); in UTF-16, the namespace
    # could not be found in its bytes.
    return by_name or b"wordprocessingml" in part or part.startswith((b"\xff\xfe", b"\xfe\xff"))


def _read_part(reader: WordReader, name: str, part: bytes) -> None:
    parser = plain_parser(namespaces=True)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    reader.open_part()
    parse(parser, name, part)


def _lines(view: MarkupView, margins: set[str]) -> list[str]:
    """Return the body, its notes in the order of their references, then each different header and footer once."""
    notes = (line for story in dict.fromkeys(view.note_references) for line in view.stories.get(story, []))
    around = {line for story, lines in view.stories.items() if story[0] in margins for line in lines}
    return [*view.stories.get(("document", ""), []), *notes, *sorted(around)]


DEEPEST = 200
"""How many elements, or fields, may stand in one another."""

MOST_ELEMENTS = 1_000_000
"""Elements in all parts together."""

LONGEST_INSTRUCTION = 200
"""Letters of a field's instruction that are looked at: its name is the first word of it."""

_WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
"""The namespace of WordprocessingML: transitional, as Word saves by default, and strict."""

_APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Application"

_MARKUP = MappingProxyType(
    {
        f"{namespace} {local}": kind
        for kind, names in (("inserted", ("ins", "moveTo")), ("deleted", ("del", "moveFrom")))
        for local in names
        for namespace in _WORD
    }
    | {"http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback": "fallback"}
)
"""Elements that make all within them an insertion, a deletion (17.13.5), or a repetition (ECMA-376-3, 7.6)."""

_LETTERS = MappingProxyType(
    {
        "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
        "drawing": " \ufffc ", "pict": " \ufffc ", "object": " \ufffc ", "altChunk": " \ufffc ",
        "subDoc": " \ufffc ", "sym": "\ufffd",
    }
)  # fmt: skip
"""What stands for an element among the words: U+FFFC where something other than words is shown."""

_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
"""Fields whose result is the page's and not the document's (17.16.5): what they show is left out."""

Story = tuple[str, str]
"""A run of text of its own: its kind (``document``, ``footnote``, ``endnote``, ``hdr``, ``ftr``), and which of them."""


@dataclass(slots=True)
class MarkupView:
    """The file's text with all tracked changes accepted, or with all rejected: the lines of every story."""

    stories: dict[Story, list[str]] = field(default_factory=dict)
    note_references: list[Story] = field(default_factory=list)
    """The notes in the order in which the text refers to them."""
    line: list[str] = field(default_factory=list)

    def end_line(self, story: Story) -> None:
        """Finish the line that is being written."""
        self.stories.setdefault(story, []).extend(tidy_lines("".join(self.line).splitlines()))
        self.line.clear()


@dataclass(slots=True)
class OpenField:
    """A field (17.16) that is being read: its instruction, then, after a separator, its result."""

    instruction: str = ""
    in_result: bool = False

    def shows_page_number(self) -> bool:
        """Tell whether what is read now is a number of pages."""
        return self.in_result and bool(_PAGE_FIELDS.intersection(self.instruction.split(maxsplit=1)[:1]))


class WordReader:
    """Gathers the words of one part after the other; each begins with `open_part`. The methods are expat's handlers."""

    def __init__(self) -> None:
        self.accepted, self.rejected = MarkupView(), MarkupView()
        self.documents: set[str] = set()
        """The JSON of each document that the file carries."""
        self.margins: set[str] = set()
        """Which of ``hdr`` and ``ftr`` any section of the body refers to: others are not shown."""
        self.by_memo = False
        self.bodies = self.comments = self.pictures = 0
        self._parts = self._elements = self._size = 0
        self.open_part()

    def open_part(self) -> None:
        """Forget where in the last part we were."""
        self._parts += 1
        self._open: list[str] = []
        self._story: Story | None = None
        self._fields: list[OpenField] = []
        self._data: list[str] = []
        self._depth = {"inserted": 0, "deleted": 0, "fallback": 0}
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element; ``name`` is ``NAMESPACE LOCAL``."""
        self._open.append(name)
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooMuch(f"has more than {MOST_ELEMENTS:,} elements")
        if len(self._open) > DEEPEST:
            raise Unfit(f"is damaged: its XML nests more than {DEEPEST} deep")
        self._count_markup(name, 1)
        namespace, _, local = name.rpartition(" ")
        if namespace in _WORD:
            self._start_word(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """End an element."""
        namespace, _, local = name.rpartition(" ")
        if namespace in _WORD:
            self._end_word(local)
        elif name == f"{NAMESPACE} document":
            self.documents.add("".join(self._data))
            self._data.clear()
        elif name == _APPLICATION:
            self.by_memo |= "".join(self._data).strip() == "memo"
            self._data.clear()
        self._count_markup(name, -1)
        self._open.pop()

    def characters(self, text: str) -> None:
        """Take in text: words, a field's instruction or data, whichever the element that it stands in makes it."""
        self._size += len(text)
        if self._size > MOST_TEXT:
            raise TooMuch("has more text than any memo")
        name = self._open[-1]
        namespace, _, local = name.rpartition(" ")
        if name in (f"{NAMESPACE} document", _APPLICATION):
            self._data.append(text)
        elif namespace in _WORD and local in ("t", "delText"):
            self._write(text)
        elif namespace in _WORD and local in ("instrText", "delInstrText") and self._fields:
            self._fields[-1].instruction = (self._fields[-1].instruction + text)[:LONGEST_INSTRUCTION]

    def _count_markup(self, name: str, step: int) -> None:
        if kind := _MARKUP.get(name):
            self._depth[kind] += step

    def _start_word(self, local: str, own: dict[str, str]) -> None:
        """Begin an element of Word's; ``own`` are its attributes by local name."""
        match local:
            case "document" | "hdr" | "ftr" if len(self._open) == 1:
                self.bodies += local == "document"
                self._story = (local, "" if local == "document" else str(self._parts))
            case "footnote" | "endnote":
                # Any other type is the rule above the notes (17.11.23 and 17.11.1), not a note.
                self._story = None if own.get("type", "normal") != "normal" else (local, own.get("id", ""))
            case "footnoteReference" | "endnoteReference":
                self._refer((local.removesuffix("Reference"), own.get("id", "")))
            case "fldChar":
                self._field(own.get("fldCharType", ""))
            case "fldSimple":
                self._fields.append(OpenField(own.get("instr", ""), True))
            case "comment":
                self.comments += 1
            case "headerReference" | "footerReference":
                self.margins.add("hdr" if local == "headerReference" else "ftr")
            case "r":
                self._hidden = False
            case "vanish" if self._open[-3:-2] and self._open[-3].endswith(" r"):
                self._hidden = own.get("val", "1") not in ("0", "false", "off")
            case "pStyle":
                # A file stripped of its properties still has memo's own styles.
                self.by_memo |= own.get("val", "") in ("MemoKind", "MemoLine")
            case _ if local in _LETTERS:
                self._write_letters(local)

    def _end_word(self, local: str) -> None:
        match local:
            case "p" | "document" | "hdr" | "ftr" | "footnote" | "endnote" if self._story:
                self.accepted.end_line(self._story)
                self.rejected.end_line(self._story)
                if local != "p":
                    self._story = None
            case "fldSimple":
                self._field("end")

    def _write_letters(self, local: str) -> None:
        """Write what stands for an element."""
        # In a paragraph's properties, ``tab`` is a tab stop, no character (17.3.1.37).
        if local == "tab" and self._open[-2].endswith(" tabs"):
            return
        self.pictures += local in ("drawing", "pict", "object") and self._story is not None
        self._write(_LETTERS[local])

    def _field(self, kind: str) -> None:
        if len(self._fields) > DEEPEST:
            raise Unfit(f"is damaged: its fields nest more than {DEEPEST} deep")
        if kind == "begin":
            self._fields.append(OpenField())
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _refer(self, note: Story) -> None:
        for view in self._views():
            view.note_references.append(note)
            view.line.append(f"[{len(view.note_references)}]")

    def _write(self, text: str) -> None:
        if self._story and not self._hidden and not any(one.shows_page_number() for one in self._fields):
            for view in self._views():
                view.line.append(text)

    def _views(self) -> tuple[MarkupView, ...]:
        """Return the views that what is met now belongs to."""
        # A fallback says again, for older readers, what stands beside it.
        if self._depth["fallback"] or self._story is None:
            return ()
        inserted, deleted = self._depth["inserted"], self._depth["deleted"]
        return (*(() if deleted else (self.accepted,)), *(() if inserted else (self.rejected,)))
