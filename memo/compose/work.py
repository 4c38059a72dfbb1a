"""What the steps from printed text to document share, for one memo."""

from __future__ import annotations

from dataclasses import dataclass, field

from memo.compose.layout import Layout, is_token
from memo.compose.run import Run
from memo.compose.source import FIRST_TOKEN
from memo.compose.values import Placed
from memo.document import Link
from memo.facts import Facts
from memo.places import Places
from memo.problem import Place
from memo.style import Style, Words


@dataclass(slots=True)
class Work:
    """The dossier, the style and its words, the Markdown text, and what has been found so far."""

    run: Run
    facts: Facts
    style: Style
    words: Words
    layout: Layout
    places: Places = field(default_factory=Places)
    links: list[Link] = field(default_factory=list)
    """Links whose targets are anchors, to be looked up once all headings are known."""
    made: set[str] = field(default_factory=set)
    """The keys of the blocks that memo itself wrote."""
    seen: set[int] = field(default_factory=set)
    """Tokens that have come into the document, or whose misplacement is reported."""

    def report(self, code: str, message: str, place: Place, hint: str = "") -> None:
        """Report a problem."""
        self.run.report(code, message, place, hint)

    def token(self, character: str) -> Placed | None:
        """What a character stands for; from now on it counts as seen."""
        found = self.layout.token(character)
        if found is not None:
            self.seen.add(ord(character))
        return found

    def misplace(self, text: str, where: str) -> None:
        """Report every fact and block in a text that keeps none: code, HTML, a link's destination."""
        for character in filter(is_token, text):
            if token := self.token(character):
                self.report("misplaced-token", f"a fact cannot keep its identity in {where}", token.place)

    def lost(self) -> None:
        """Report what was printed and came into no text: Markdown left it out."""
        for number, token in enumerate(self.layout.tokens):
            if FIRST_TOKEN + number not in self.seen:
                message = "Markdown leaves out what is printed here, so the fact would be lost"
                self.report("misplaced-token", message, token.place)
