"""The parts that show words, read as a reader sees them: paragraphs, labels, fields, notes, links and pictures.

What is in neither list of `memo.delivered.docx.known`, or shown in a way that might keep a reader from reading it, is
named with where it stands. Clauses without a name are those of ECMA-376-1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from unicodedata import bidirectional

from memo.delivered.contents import MOST_TEXT, Picture
from memo.delivered.docx.file_text import FileText, OpenLink, OpenParagraph, OpenTable
from memo.delivered.docx.known import in_words, strange
from memo.delivered.docx.labels import BULLET, label_faults, label_run
from memo.delivered.docx.looks import Look, ParagraphLook, Surroundings
from memo.delivered.docx.measures import measure_fault
from memo.delivered.docx.package import Relationship
from memo.delivered.docx.style_sheet import OFF, Properties, is_wide, judge_note_numbers, merge, take_property
from memo.delivered.docx.views import MarkupView, OpenField, Story
from memo.delivered.docx.xml_parts import DEEPEST, NO_ATTRIBUTES, UNDERSTOOD, UNKNOWN, Attributes, PartHandler
from memo.fonts import INVISIBLE
from memo.untrusted_files import TooLarge, UnreadableFile

_LETTERS = MappingProxyType(
    {
        "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011",
        "w:softHyphen": "\u00ad", "w:drawing": " \ufffc ", "w:pict": " \ufffc ", "w:object": " \ufffc ",
        "w:altChunk": " \ufffc ", "w:subDoc": " \ufffc ", "w:sym": "\ufffd",
    }
)  # fmt: skip
"""What stands for an element among the words: U+FFFC where something other than words is shown."""

_MARKUP = MappingProxyType({"w:ins": "inserted", "w:moveTo": "inserted", "w:del": "deleted", "w:moveFrom": "deleted"})
"""Elements that make all within them an insertion or a deletion (17.13.5)."""

_ROOTS = MappingProxyType(
    {
        "document": "w:document", "hdr": "w:hdr", "ftr": "w:ftr", "footnote": "w:footnotes", "endnote": "w:endnotes",
    }
)  # fmt: skip
"""The root of each kind of part."""

_SEEN_BY_VALUE = frozenset(("w:rPr", "w:pPr"))
_FORMER = frozenset(
    f"w:{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "numbering", "tblPrEx")
)
"""How something looked before a tracked change of its format: what is in there counts no more."""


class StoryReader(PartHandler):
    """Reads one part that shows words; the methods are those of a handler.

    ``kind`` is ``document``, ``footnote``, ``endnote``, ``hdr`` or ``ftr``; ``part`` its name.
    """

    def __init__(self, text: FileText, kind: str, part: str, links: Mapping[str, Relationship]) -> None:
        self.text, self.kind, self.part, self._relations = text, kind, part, links
        self._skip = self._strange = 0
        self._story: Story | None = {"document": (kind, ""), "hdr": (kind, part), "ftr": (kind, part)}.get(kind)
        self._paragraphs: list[OpenParagraph] = []
        self._runs: list[Properties] = []
        self._tables: list[OpenTable] = []
        self._fields: list[OpenField] = []
        self._links: list[OpenLink] = []
        self._pending: list[str] = []
        self._choices: list[bool] = []
        self._alt, self._images = "", list[str]()
        self._depth = {"inserted": 0, "deleted": 0}
        self._count = self._sections = 0
        self._trimmed = self._numbered = False

    # Elements

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin an element."""
        parent = self.parent()
        if not parent and name != _ROOTS[self.kind]:
            raise UnreadableFile(f"is damaged: its part {self.part} is not what it should be")
        if self._skip or self._is_left_out(name, attributes):
            self._skip += 1
            return
        if self._strange:
            self._strange += 1
        elif parent not in _SEEN_BY_VALUE and (what := strange(parent, name, tuple(attributes))):
            self._name(what)
            self._strange = 1
        if parent == "w:p" and name != "w:pPr":
            self._begin_paragraph()
        if parent in ("w:rPr", "w:pPr", "w:numPr", "w:tabs"):
            self._take_property(parent, name, attributes)
        elif name in _MARKUP:
            self._depth[_MARKUP[name]] += 1
        if handler := _STARTS.get(name):
            handler(self, attributes)
        elif fault := measure_fault(name, attributes):
            self._name(fault)
        elif parent in ("w:tblCellMar", "w:tcMar") and is_wide(attributes):
            self._name("cells without room for their words")
        elif parent == "w:footnotePr":
            judge_note_numbers(parent, name, attributes, self.text.package.foreign)
        if name in _LETTERS and parent != "w:tabs":
            self._write(_LETTERS[name])

    def _is_left_out(self, name: str, attributes: Attributes) -> bool:
        """Tell whether no reader sees what is in this element; where memo does not write it, name it."""
        if name in _FORMER or name.startswith(f"{UNKNOWN}:"):
            self._name(in_words(name))
            return True
        if name == "mc:AlternateContent":
            self._choices.append(False)
        elif name in ("mc:Choice", "mc:Fallback") and self._choices:
            # Word takes the first choice of which it understands every namespace (ECMA-376-3, 7.6).
            prefixes = self.text.package.xml.prefixes
            needs = {prefixes.get(prefix, UNKNOWN) for prefix in attributes.get("Requires", "").split()}
            taken = not self._choices[-1] and (name == "mc:Fallback" or needs <= UNDERSTOOD)
            self._choices[-1] |= taken
            return not taken
        return False

    def end(self, name: str) -> None:
        """End an element."""
        if self._skip:
            self._skip -= 1
            return
        self._strange -= bool(self._strange)
        if handler := _ENDS.get(name):
            handler(self)
        if name in _MARKUP and self.parent() != "w:rPr":
            self._depth[_MARKUP[name]] -= 1
        if name == "mc:AlternateContent" and self._choices:
            self._choices.pop()

    def characters(self, text: str) -> None:
        """Take in text: words, or a field's instruction, whichever the element that it stands in makes it."""
        self.text.letters += len(text)
        if self.text.letters > MOST_TEXT:
            raise TooLarge("has more text than any memo")
        name = self.path[-1]
        if self._skip:
            return
        if name in ("w:t", "w:delText"):
            # White space at the ends is dropped unless the file asks for it (2.10 of XML 1.0, as Word reads it).
            self._write(text.strip(" \t\r\n") if self._trimmed else text)
        elif name in ("w:instrText", "w:delInstrText") and self._fields:
            self._fields[-1].instruction += text
            if len(self._fields[-1].instruction) > MOST_TEXT:
                raise TooLarge("has more text than any memo")

    def _name(self, what: str) -> None:
        self.text.name(what, self._place())

    def _place(self) -> str:
        if self.kind == "document":
            # Before a paragraph is met, what stands there is said to be in the next.
            return f"paragraph {self._count or 1}" if self._story else ""
        return {
            "footnote": f"note {self._count}" if self._count else "above the notes",
            "endnote": "notes at the end",
            "hdr": "header",
            "ftr": "footer",
        }[self.kind]

    # Paragraphs

    def _start_paragraph(self, _: Attributes) -> None:
        self._paragraphs.append(OpenParagraph(bookmarks=self._pending))
        self._pending = []
        self._count += self.kind == "document"

    def _take_property(self, parent: str, name: str, attributes: Attributes) -> None:
        """Take in a property of a run, a paragraph, or a paragraph's mark."""
        if parent == "w:rPr" and len(self.path) > 2 and self.path[-3] == "w:r" and self._runs:
            take_property(self._runs[-1], parent, name, attributes)
        elif self._paragraphs and "w:pPr" in self.path[-4:]:
            paragraph = self._paragraphs[-1]
            if name in _MARKUP and parent == "w:rPr":
                paragraph.changed.add(_MARKUP[name])
                return
            take_property(paragraph.mark if parent == "w:rPr" else paragraph.properties, parent, name, attributes)

    def _begin_paragraph(self) -> None:
        """Work out how a paragraph looks, when its properties are known, and write its label."""
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if paragraph is None or paragraph.look is not None:
            return
        style = paragraph.properties.get("w:pStyle", NO_ATTRIBUTES).get("w:val", "")
        look = paragraph.look = self.text.looks.paragraph(style, paragraph.properties)
        # A file stripped of its properties still has memo's own styles.
        self.text.by_memo |= style in ("MemoKind", "MemoLine")
        table = self._tables[-1] if self._tables else OpenTable()
        fill = look.fill if look.fill.get("w:fill", "auto") != "auto" else table.fill
        paragraph.around = Surroundings(style, table.style, tuple(fill.items()), look.line)
        paragraph.faulty.extend(look.faults)
        mark = self.text.looks.run(paragraph.mark, paragraph.around)
        if mark.hidden:
            paragraph.faulty.append("a hidden end of a paragraph")
        if look.number and self._story:
            self._write_label(paragraph, look)

    def _write_label(self, paragraph: OpenParagraph, look: ParagraphLook) -> None:
        level = self.text.numbering.level(look.number, look.level)
        if level is None:
            return
        shown = self.text.looks.run(merge(paragraph.mark, label_run(level)), paragraph.around)
        hidden = ("a hidden label",) if shown.hidden else ()
        faults = *label_faults(level), *shown.faults, *hidden, *(f"the font {font}" for font in shown.fonts)
        # An item whose end came or went with a change has a label only in the text that has the end.
        without = {"inserted": self.text.rejected, "deleted": self.text.accepted}
        for view in self._views():
            if any(view is without[how] for how in paragraph.changed):
                continue
            if label := view.counter.next_label(look.number, look.level):
                if label == BULLET:
                    paragraph.bullets.append((view, len(view.line)))
                view.line.append(f"{label} ")
                for fault in faults:
                    self._name(fault)

    def _end_paragraph(self) -> None:
        self._begin_paragraph()
        paragraph = self._paragraphs.pop()
        for view, at in paragraph.bullets:
            # A bullet beside nothing says nothing; programs leave some where a tracked item went.
            if not "".join(view.line[at + 1 :]).strip():
                del view.line[at]
        for bookmark in paragraph.bookmarks:
            self.text.bookmarks.setdefault(bookmark, " ".join("".join(paragraph.letters).split())[:80])
        if paragraph.letters:
            if paragraph.look and paragraph.look.right_to_left:
                backwards = not any(map(_has_letters_from_right_to_left, paragraph.letters))
                paragraph.faulty.extend(["a paragraph from right to left"] if backwards else [])
            for fault in paragraph.faulty:
                self._name(fault)
        if self._paragraphs:
            self._write(" ")
        else:
            self._end_line()

    def _end_line(self) -> None:
        if self._story:
            for view in (self.text.accepted, self.text.rejected):
                view.end_line(self._story)

    def _bookmark(self, attributes: Attributes) -> None:
        name = attributes.get("w:name", "")
        if self._paragraphs:
            self._paragraphs[-1].bookmarks.append(name)
        else:
            self._pending.append(name)

    # Runs

    def _start_run(self, _: Attributes) -> None:
        self._runs.append({})

    def _end_run(self) -> None:
        if self._runs:
            self._runs.pop()

    def _write(self, text: str) -> None:
        """Write words, or what stands for an element among them, if a reader sees them."""
        if not self._story or not self._views() or any(self._is_page_number(one, text) for one in self._fields):
            return
        paragraph = self._paragraphs[-1] if self._paragraphs else OpenParagraph()
        look = self.text.looks.run(self._runs[-1] if self._runs else {}, paragraph.around)
        if look.hidden:
            if text.strip():
                self._name("hidden words")
            return
        for one in self._fields:
            one.empty &= not (one.in_result and text.strip())
        if any(letter not in INVISIBLE and not letter.isspace() for letter in text):
            self._judge(text, look)
            paragraph.letters.append(text)
            if self._tables:
                self._tables[-1].filled = True
        if self._links:
            self._links[-1].words.append(text)
        for view in self._views():
            view.line.append(text)

    def _judge(self, text: str, look: Look) -> None:
        """Name what might keep a reader from reading these words as they stand here."""
        for fault in look.faults:
            self._name(fault)
        for font in look.fonts:
            self.text.name(f"words in the font {font[:40]}", self._place() if self.kind != "document" else "text")
        if look.capitals and text != text.upper():
            self._name("words in capitals")
        if look.raised and any(letter.isalnum() for letter in text):
            self._name("letters raised or lowered")
        if look.right_to_left and not _has_letters_from_right_to_left(text) and any(map(str.isalnum, text)):
            self._name("words from right to left")

    def _is_page_number(self, one: OpenField, text: str) -> bool:
        """Tell whether these digits are those of a number of pages, which is the page's and not the document's."""
        return one.in_result and text.strip().isdecimal() and one.is_page_number(self.kind in ("hdr", "ftr"))

    def _views(self) -> tuple[MarkupView, ...]:
        """Return the views that what is met now belongs to."""
        inserted, deleted = self._depth["inserted"], self._depth["deleted"]
        return (*(() if deleted else (self.text.accepted,)), *(() if inserted else (self.text.rejected,)))

    # Notes

    def _start_note(self, attributes: Attributes) -> None:
        kind = attributes.get("w:type", "normal")
        # Any other type is the rule above the notes (17.11.23 and 17.11.1), not a note.
        self._story = (self.kind, attributes.get("w:id", "") if kind == "normal" else f"\0{kind}")
        self._count += kind == "normal"
        self._numbered = kind != "normal"

    def _number_note(self, _: Attributes) -> None:
        self._numbered = True

    def _end_note(self) -> None:
        self._end_line()
        if not self._numbered:
            self._name("a note without its number")
        self._story = None

    def _refer_footnote(self, attributes: Attributes) -> None:
        self._refer(("footnote", attributes.get("w:id", "")))

    def _refer_endnote(self, attributes: Attributes) -> None:
        self._refer(("endnote", attributes.get("w:id", "")))

    def _refer(self, note: Story) -> None:
        around = self._paragraphs[-1].around if self._paragraphs else Surroundings()
        if self.text.looks.run(self._runs[-1] if self._runs else {}, around).hidden:
            self._name("a hidden reference to a note")
        for view in self._views():
            view.note_references.append(note)
            view.line.append(f"[{len(view.note_references)}]")

    def _start_words(self, attributes: Attributes) -> None:
        self._trimmed = attributes.get("xml:space", "default") != "preserve"

    # Fields

    def _field_char(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType", "")
        if len(self._fields) > DEEPEST:
            raise UnreadableFile(f"is damaged: its fields nest more than {DEEPEST} deep")
        if kind == "begin":
            self._fields.append(OpenField())
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            self._end_field()

    def _simple_field(self, attributes: Attributes) -> None:
        self._fields.append(OpenField(attributes.get("w:instr", ""), True))

    def _end_field(self) -> None:
        if not self._fields:
            return
        ended = self._fields.pop()
        if fault := ended.fault(self.kind in ("hdr", "ftr")):
            self._name(fault)
        if self._story and (target := ended.link()):
            self.text.links.append(OpenLink(target, self._story, self._place()))

    # Links

    def _start_link(self, attributes: Attributes) -> None:
        related = self._relations.get(attributes.get("r:id", ""))
        anchor = attributes.get("w:anchor", "")
        target = (related.target if related else "") + (f"#{anchor}" if anchor else "")
        self._links.append(OpenLink(target, self._story or ("", ""), self._place()))

    def _end_link(self) -> None:
        if not self._links:
            return
        ended, links = self._links.pop(), self.text.links
        last = links[-1] if links else None
        # Programs cut a link in two where its format changes.
        if last and (last.target, last.story, last.place) == (ended.target, ended.story, ended.place):
            last.words.extend(ended.words)
        else:
            links.append(ended)

    # Tables

    def _start_table(self, _: Attributes) -> None:
        self._tables.append(OpenTable())

    def _end_table(self) -> None:
        if self._tables:
            self.text.tables.append(" ".join(self._tables.pop().rows))

    def _start_row(self, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append("")

    def _start_cell(self, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].fill, self._tables[-1].filled = NO_ATTRIBUTES, False

    def _end_cell(self) -> None:
        if self._tables and self._tables[-1].rows:
            self._tables[-1].rows[-1] += "x" if self._tables[-1].filled else "-"

    def _table_style(self, attributes: Attributes) -> None:
        if self._tables:
            self._tables[-1].style = attributes.get("w:val", "")

    def _shade(self, attributes: Attributes) -> None:
        if self._tables and self.path[-2] == "w:tcPr":
            self._tables[-1].fill = attributes

    # The page

    def _title_page(self, attributes: Attributes) -> None:
        self.text.first_page |= attributes.get("w:val", "1") not in OFF

    def _section(self, _: Attributes) -> None:
        self._sections += 1
        if self._sections == 2:
            self._name("a section of its own")

    def _header(self, attributes: Attributes) -> None:
        self.text.margins.append((f"hdr {attributes.get('w:type', 'default')}", attributes.get("r:id", "")))

    def _footer(self, attributes: Attributes) -> None:
        self.text.margins.append((f"ftr {attributes.get('w:type', 'default')}", attributes.get("r:id", "")))

    # Pictures

    def _image(self, attributes: Attributes) -> None:
        related = self._relations.get(attributes.get("r:embed", ""))
        self._images.append(self.text.package.digest(related.target) if related and not related.external else "")

    def _describe(self, attributes: Attributes) -> None:
        alt = attributes.get("descr", "")
        if alt != self._alt:
            self._alt = f"{self._alt} {alt}".strip()
        if attributes.get("title", ""):
            self._name("a title of a picture")

    def _end_drawing(self) -> None:
        if self._story:
            self.text.pictures.setdefault(self._story, []).append(Picture(self._alt, frozenset(self._images)))
        self._alt, self._images = "", []


def _has_letters_from_right_to_left(text: str) -> bool:
    return not text.isascii() and any(bidirectional(letter) in ("R", "AL", "AN") for letter in text)


_STARTS: Mapping[str, Callable[[StoryReader, Attributes], None]] = MappingProxyType(
    {
        "w:titlePg": StoryReader._title_page, "w:footnoteRef": StoryReader._number_note,
        "w:endnoteRef": StoryReader._number_note,
        "w:p": StoryReader._start_paragraph, "w:r": StoryReader._start_run, "w:tbl": StoryReader._start_table,
        "w:tc": StoryReader._start_cell, "w:footnote": StoryReader._start_note,
        "w:endnote": StoryReader._start_note, "w:hyperlink": StoryReader._start_link,
        "w:footnoteReference": StoryReader._refer_footnote, "w:endnoteReference": StoryReader._refer_endnote,
        "w:fldChar": StoryReader._field_char, "w:fldSimple": StoryReader._simple_field,
        "w:bookmarkStart": StoryReader._bookmark, "w:headerReference": StoryReader._header,
        "w:footerReference": StoryReader._footer, "w:sectPr": StoryReader._section,
        "w:tblStyle": StoryReader._table_style, "w:shd": StoryReader._shade, "a:blip": StoryReader._image,
        "asvg:svgBlip": StoryReader._image, "wp:docPr": StoryReader._describe, "pic:cNvPr": StoryReader._describe,
        "w:tr": StoryReader._start_row, "w:t": StoryReader._start_words, "w:delText": StoryReader._start_words,
    }
)  # fmt: skip
"""What is done where an element begins, and below, where it ends."""

_ENDS: Mapping[str, Callable[[StoryReader], None]] = MappingProxyType(
    {
        "w:pPr": StoryReader._begin_paragraph, "w:p": StoryReader._end_paragraph, "w:r": StoryReader._end_run,
        "w:tbl": StoryReader._end_table, "w:tc": StoryReader._end_cell, "w:footnote": StoryReader._end_note,
        "w:endnote": StoryReader._end_note, "w:hyperlink": StoryReader._end_link,
        "w:fldSimple": StoryReader._end_field, "w:drawing": StoryReader._end_drawing,
        "w:document": StoryReader._end_line, "w:hdr": StoryReader._end_line, "w:ftr": StoryReader._end_line,
    }
)  # fmt: skip
