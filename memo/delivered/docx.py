"""A delivered DOCX: its parts are told apart by their root elements, since a word processor may rename them.

The words in the parts of a Word file (ECMA-376-1, 17), as they stand with tracked changes accepted, and rejected.

Elements are met one by one and forgotten; the file's words are all that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from memo.delivered.contents import FileContents, Pages, evened
from memo.document.as_json import NAMESPACE
from memo.word_package import TooMuch, Unfit, parse, parts_of, plain_parser


def read_docx(data: bytes) -> FileContents:
    """What a Word file says and carries. Raises `memo.word_package.Unfit`."""
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
    return FileContents(Pages(text, rejected, _besides(reader)), "".join(reader.carried), reader.by_memo)


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


DEEPEST = 200
MOST_ELEMENTS = 1_000_000
MOST_TEXT = 8_000_000
"""How many elements, or fields, may stand in one another; how many elements and letters in all parts together."""

_WORD = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_APPLICATION = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Application"

_AROUND = MappingProxyType(
    {
        f"{namespace} {local}": kind
        for kind, names in (("came", ("ins", "moveTo")), ("went", ("del", "moveFrom")))
        for local in names
        for namespace in _WORD
    }
    | {"http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback": "twice"}
)
"""What makes everything within it an insertion, a deletion (17.13.5), or what is said already (ECMA-376-3, 7.6)."""

_LETTERS = MappingProxyType(
    {
        "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
        "drawing": " \ufffc ", "pict": " \ufffc ", "object": " \ufffc ", "altChunk": " \ufffc ",
        "subDoc": " \ufffc ", "sym": "\ufffd",
    }
)  # fmt: skip
"""What stands for an element among the words. U+FFFC is where something else than words is shown."""

LONGEST_INSTRUCTION = 200
"""Letters of a field's instruction that are looked at: its name is the first word of it."""

_COUNTED = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
"""Fields whose value is the page's and not the document's (17.16.5): what they show is left out."""

Key = tuple[str, str]
"""A story: what kind it is (``document``, ``footnote``, ``endnote``, ``hdr``, ``ftr``), and which of them."""


@dataclass(slots=True)
class View:
    """One reading of the file: the lines of every story, and the notes in the order they are referred to."""

    stories: dict[Key, list[str]] = field(default_factory=dict)
    referred: list[Key] = field(default_factory=list)
    line: list[str] = field(default_factory=list)

    def end_line(self, story: Key) -> None:
        """Close the line that is being written."""
        self.stories.setdefault(story, []).extend(evened("".join(self.line).splitlines()))
        self.line.clear()


@dataclass(slots=True)
class _Field:
    """A field being read: its instruction, and whether its value has begun."""

    instruction: str = ""
    shown: bool = False

    def counts(self) -> bool:
        """Whether what is read now is a number of pages."""
        return self.shown and bool(_COUNTED.intersection(self.instruction.split(maxsplit=1)[:1]))


class Reader:
    """Reads one part after the other; each begins with `open_part`."""

    def __init__(self) -> None:
        self.accepted, self.rejected = View(), View()
        self.carried: set[str] = set()
        self.around: set[str] = set()
        """Which of ``hdr`` and ``ftr`` any section of the body refers to: others are not shown."""
        self.by_memo = False
        self.bodies = self.comments = self.pictures = 0
        self._parts = self._elements = self._size = 0
        self.open_part()

    def open_part(self) -> None:
        """Forget where the last part was left."""
        self._parts += 1
        self._open: list[str] = []
        self._story: Key | None = None
        self._fields: list[_Field] = []
        self._held: list[str] = []
        self._within = {"came": 0, "went": 0, "twice": 0}
        self._hidden = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._open.append(name)
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooMuch(f"has more than {MOST_ELEMENTS:,} elements")
        if len(self._open) > DEEPEST:
            raise Unfit(f"is damaged: its XML nests more than {DEEPEST} deep")
        self._enter(name, 1)
        namespace, _, local = name.rpartition(" ")
        if namespace in _WORD:
            own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            self._start_word(local, own)

    def end(self, name: str) -> None:
        """An element ends."""
        namespace, _, local = name.rpartition(" ")
        if namespace in _WORD:
            self._end_word(local)
        elif name == f"{NAMESPACE} document":
            self.carried.add("".join(self._held))
            self._held.clear()
        elif name == _APPLICATION:
            self.by_memo |= "".join(self._held).strip() == "memo"
            self._held.clear()
        self._enter(name, -1)
        self._open.pop()

    def _enter(self, name: str, step: int) -> None:
        """Count in how many insertions, deletions and second wordings of one thing we are."""
        if kind := _AROUND.get(name):
            self._within[kind] += step

    def characters(self, text: str) -> None:
        """Words, of whatever kind the element they stand in makes them."""
        self._size += len(text)
        if self._size > MOST_TEXT:
            raise TooMuch("has more text than any memo")
        name = self._open[-1]
        namespace, _, local = name.rpartition(" ")
        if name in (f"{NAMESPACE} document", _APPLICATION):
            self._held.append(text)
        elif namespace in _WORD and local in ("t", "delText"):
            self._write(text)
        elif namespace in _WORD and local in ("instrText", "delInstrText") and self._fields:
            self._fields[-1].instruction = (self._fields[-1].instruction + text)[:LONGEST_INSTRUCTION]

    def _start_word(self, local: str, own: dict[str, str]) -> None:
        match local:
            case "document" | "hdr" | "ftr" if len(self._open) == 1:
                self.bodies += local == "document"
                self._story = (local, "" if local == "document" else str(self._parts))
            case "footnote" | "endnote":
                self._story = None if own.get("type", "normal") != "normal" else (local, own.get("id", ""))
            case "footnoteReference" | "endnoteReference":
                self._refer((local.removesuffix("Reference"), own.get("id", "")))
            case "fldChar":
                self._field(own.get("fldCharType", ""))
            case "fldSimple":
                self._fields.append(_Field(own.get("instr", ""), True))
            case "comment":
                self.comments += 1
            case "headerReference" | "footerReference":
                self.around.add("hdr" if local == "headerReference" else "ftr")
            case "r":
                self._hidden = False
            case "vanish" if self._open[-3:-2] and self._open[-3].endswith(" r"):
                self._hidden = own.get("val", "1") not in ("0", "false", "off")
            case "pStyle":
                self.by_memo |= own.get("val", "") in ("MemoKind", "MemoLine")
            case _ if local in _LETTERS:
                self._element(local)

    def _end_word(self, local: str) -> None:
        match local:
            case "p" | "document" | "hdr" | "ftr" | "footnote" | "endnote" if self._story:
                self.accepted.end_line(self._story)
                self.rejected.end_line(self._story)
                if local != "p":
                    self._story = None
            case "fldSimple":
                self._field("end")

    def _element(self, local: str) -> None:
        """An element that stands for letters; a ``tab`` may also be a stop in a paragraph's properties (17.3.1.37)."""
        if local == "tab" and self._open[-2].endswith(" tabs"):
            return
        self.pictures += local in ("drawing", "pict", "object") and self._story is not None
        self._write(_LETTERS[local])

    def _field(self, kind: str) -> None:
        if len(self._fields) > DEEPEST:
            raise Unfit(f"is damaged: its fields nest more than {DEEPEST} deep")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].shown = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _refer(self, note: Key) -> None:
        for view in self._views():
            view.referred.append(note)
            view.line.append(f"[{len(view.referred)}]")

    def _write(self, text: str) -> None:
        if self._story and not self._hidden and not any(each.counts() for each in self._fields):
            for view in self._views():
                view.line.append(text)

    def _views(self) -> tuple[View, ...]:
        """The readings that what is met now belongs to."""
        if self._within["twice"] or self._story is None:
            return ()
        came, went = self._within["came"], self._within["went"]
        return (*(() if went else (self.accepted,)), *(() if came else (self.rejected,)))
