"""What the steps from printed text to document share, for one memo."""

from __future__ import annotations

from dataclasses import dataclass, field

from memo.compose.markdown_text import MarkdownText, is_token
from memo.document.composed import Places
from memo.facts.dossier import Facts
from memo.facts.front_matter import Template
from memo.facts.style import Style, Words
from memo.templating.run import Run
from memo.templating.values import Placed


@dataclass(slots=True)
class Composition:
    """One memo in the making: what it is composed from, and the places of the nodes that are made so far."""

    run: Run
    """The run of its template, which is over; problems are still reported to it."""
    template: Template
    facts: Facts
    style: Style
    words: Words
    markdown: MarkdownText
    places: Places = field(default_factory=Places)
    _taken: set[str] = field(default_factory=set)
    """The tokens that came into the document, or whose misplacement is reported."""

    def take(self, character: str) -> Placed | None:
        """Return the fact or block that a character stands for; from now on it does not count as lost."""
        token = self.markdown.tokens.get(character)
        if token is not None:
            self._taken.add(character)
        return token

    def refuse_tokens(self, text: str, where: str) -> None:
        """Report every fact and block in a text that can hold none: code, HTML, a link's destination."""
        for character in filter(is_token, text):
            if token := self.take(character):
                self.run.report("misplaced-token", f"a fact cannot keep its identity in {where}", token.place)

    def report_lost(self) -> None:
        """Report the facts and blocks that were printed and that nothing in the document shows.

        Markdown drops text in more ways than anybody lists, such as the cells of a row beyond its header's: a count of
        what came out finds them all.
        """
        for character, token in self.markdown.tokens.items():
            if character not in self._taken:
                message = "Markdown leaves out what is printed here, so the fact would be lost"
                self.run.report("misplaced-token", message, token.place)
