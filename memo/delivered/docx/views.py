"""The two texts of a Word file, with tracked changes accepted and rejected, and the fields that are being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from memo.delivered.contents import tidy_lines
from memo.delivered.docx.labels import Counter

Story = tuple[str, str]
"""A run of text of its own: its kind (``document``, ``footnote``, ``endnote``, ``hdr``, ``ftr``), and which of them."""


@dataclass(slots=True)
class MarkupView:
    """The file's text with all tracked changes accepted, or with all rejected: the lines of every story."""

    counter: Counter
    stories: dict[Story, list[str]] = field(default_factory=dict)
    note_references: list[Story] = field(default_factory=list)
    """The notes in the order in which the text refers to them."""
    line: list[str] = field(default_factory=list)

    def end_line(self, story: Story) -> None:
        """Finish the line that is being written."""
        self.stories.setdefault(story, []).extend(tidy_lines("".join(self.line).splitlines()))
        self.line.clear()

    def notes(self) -> list[Story]:
        """Return the notes that the text refers to, each once, in the order in which it does."""
        return list(dict.fromkeys(self.note_references))


LONGEST_INSTRUCTION = 200
"""Letters of a field's instruction that are looked at."""

_PAGE = re.compile(r"(PAGE|NUMPAGES|SECTIONPAGES)( \\\* (MERGEFORMAT|Arabic|ARABIC))?")
_CAPTION = re.compile(r"SEQ (Figure|Table) \\\* ARABIC( \\\* MERGEFORMAT)?")


@dataclass(slots=True)
class OpenField:
    """A field (17.16) that is being read: its instruction, then, after a separator, its result."""

    instruction: str = ""
    in_result: bool = False
    empty: bool = True

    def words(self) -> str:
        """Return the instruction with single spaces."""
        return " ".join(self.instruction[:LONGEST_INSTRUCTION].split())

    def is_page_number(self, margin: bool) -> bool:
        """Tell whether it is a number of pages where memo puts one: in a header or footer."""
        return margin and bool(_PAGE.fullmatch(self.words()))

    def fault(self, margin: bool) -> str:
        """Name the field where it is none of those that memo writes; empty where it is."""
        words = self.words()
        if self.is_page_number(margin) or (not margin and not self.empty and _CAPTION.fullmatch(words)):
            return ""
        return f"a field {words.partition(' ')[0][:20].upper() or 'without a name'}"

    def link(self) -> str:
        """Return where a HYPERLINK field leads; empty for any other."""
        found = re.fullmatch(r'HYPERLINK (?:(\\l) )?"?([^"]*)"?.*', self.words(), re.IGNORECASE)
        return f"{'#' if found[1] else ''}{found[2]}" if found else ""
