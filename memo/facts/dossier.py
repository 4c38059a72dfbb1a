"""What a dossier holds: sources, actors and facts. Types only; `memo.facts` makes them from fact sheets.

These declarations are also the schema of a fact sheet: see `memo.facts.declare`. Their annotations are read at every
start, and so are not put off by ``from __future__ import annotations``: they would have to be compiled one by one.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar, TypeVarTuple

from msgspec import Struct, field

from memo.facts.declare import IDENTIFIER, LANGUAGE, Form, FromKey, HasWords, Key, ManyLines, RefersTo, Says
from memo.facts.edtf import Date
from memo.facts.likelihood import Scale
from memo.problem import Place

Made = TypeVar("Made")
Given = TypeVarTuple("Given")
Kind = Literal["event", "commitment", "quantity", "position", "assessment", "assumption"]
Status = Literal["done", "under-way", "announced", "expected"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]
Medium = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
"""The item types of CSL-JSON (Citation Style Language 1.0.2, appendix III)."""

CanBearStatus: tuple[Kind, ...] = ("event", "commitment")
"""Only what happens or is promised has a status."""


class Source(Struct, frozen=True, kw_only=True):
    """What supports facts: an article, a report. Field names are CSL-JSON's where it has one."""

    id: Annotated[str, FromKey()]
    type: Annotated[Medium, Says("What it is, as CSL-JSON calls it: article-newspaper, report, speech.")]
    label: Annotated[str, Says("How footnotes name it, in a few words.")]
    title: Annotated[str, Says("Its title, as printed; left out where it bears none.")] = ""
    author: Annotated[tuple[str, ...], Says("Who wrote it, as printed.")] = ()
    container_title: Annotated[str, Key("container-title"), Says("The newspaper, journal or site it appeared in.")] = ""
    publisher: Annotated[str, Says("Who brought it out.")] = ""
    issued: Annotated[Date | None, Says("When it appeared (EDTF).")] = None
    accessed: Annotated[Date | None, Says("When the curator read it (EDTF).")] = None
    url: Annotated[
        str, Key("URL"), Form(r"https?://[^\s<>\"]+", "an http or https address"), Says("Where it stands on the web.")
    ] = ""
    language: Annotated[str, LANGUAGE, Says("The language of its title, where it is not the memo's.")] = ""
    origin: Annotated[str, IDENTIFIER, Says("Whom its passages come from, unless a support says otherwise.")]
    reliability: Annotated[Reliability, Says("Admiralty grade, A completely reliable to F cannot be judged.")]
    descriptor: Annotated[str, Says("What kind of source it is and what bears on its quality, in words (ICD 206).")]
    text: Annotated[str, Says("Its file in the folder given with --articles.")] = ""
    text_digest: Annotated[
        str,
        Key("text-digest"),
        Form(r"sha256:[0-9a-f]{64}", "sha256: and 64 hexadecimal digits"),
        Says("SHA-256 of that file when the facts were curated, so that a changed article is noticed."),
    ] = ""


class Actor(Struct, frozen=True, kw_only=True):
    """A person, body or country that facts speak of."""

    id: Annotated[str, FromKey()]
    name: Annotated[str, Says("The name that memos use.")]
    role: Annotated[str, Says("Office or function, as the sources give it.")] = ""
    short: Annotated[str, Says("A shorter name, such as an acronym.")] = ""
    also: Annotated[tuple[str, ...], Says("Other names it goes by in memo text.")] = ()


class Support(Struct, frozen=True, kw_only=True):
    """One passage that carries a fact."""

    source: Annotated[str, RefersTo("source"), Says("The id of the source that it stands in.")]
    locator: Annotated[str, Says("Where in the source: para. 9 counts its non-empty lines from 1.")]
    quote: Annotated[str, Says("A few words, exactly as printed (W3C TextQuoteSelector exact).")]
    prefix: Annotated[str, Says("The words just before, where the quote stands twice.")] = ""
    suffix: Annotated[str, Says("The words just after, where the quote stands twice.")] = ""
    origin: Annotated[str, IDENTIFIER, Says("Whom this very passage comes from.")] = ""
    credibility: Annotated[
        Credibility | None, Says("Admiralty grade of the item, 1 confirmed to 6 cannot be judged.")
    ] = None


class Value(Struct, frozen=True, kw_only=True):
    """A quantity: a number with its unit, as the source gives it."""

    amount: Annotated[str, Form(r"[-+]?[0-9]+(\.[0-9]+)?", "a plain number such as 600 or 2.5"), Says("How many.")]
    unit: Annotated[str, Says("Of what: million euros, per cent.")] = ""
    qualifier: Annotated[str, Says("about, at least, up to, as the source says.")] = ""


class Likelihood(Struct, frozen=True, kw_only=True):
    """How likely someone says an assessment is. Only where a source or a named judge gives one."""

    scale: Annotated[Scale, Says("The scale that the term belongs to.")]
    term: Annotated[str, Says("The likelihood term, as that scale has it.")]
    by: Annotated[str, Says("Who says so.")]


class Confidence(Struct, frozen=True, kw_only=True):
    """How sure someone is of an assessment, and why. A statement apart from likelihood (ICD 203)."""

    level: Annotated[Literal["low", "moderate", "high"], Says("How sure.")]
    basis: Annotated[str, Says("What that rests on.")]
    by: Annotated[str, Says("Who says so.")]


class Change(Struct, frozen=True, kw_only=True):
    """When a fact was revised or retired, and the reason that a redline will give."""

    date: Annotated[Date, Says("When (EDTF).")]
    reason: Annotated[str, Says("Why, in words that a reader of the memo will see.")]


class Fact(Struct, frozen=True, kw_only=True):
    """One curated statement, with its support and an as-of date. Its id is never reused."""

    id: Annotated[str, FromKey()]
    kind: Annotated[Kind, Says("What sort of statement it is.")]
    status: Annotated[Status | None, Says("How far it has come; of events and commitments only.")] = None
    claim: Annotated[str, HasWords("empty-claim"), Says("The statement, one sentence in the curator's own words.")]
    brief: Annotated[str, Says("A shorter sentence, for summaries.")] = ""
    phrase: Annotated[str, Says("The same for the middle of a sentence: no capital, no full stop.")] = ""
    label: Annotated[str, Says("A few words, for a figure or a table.")] = ""
    date: Annotated[Date | None, Says("When it happened or was said (EDTF).")] = None
    due: Annotated[Date | None, Says("When it is to happen (EDTF).")] = None
    actors: Annotated[tuple[Annotated[str, RefersTo("actor")], ...], Says("Whom it speaks of.")] = ()
    value: Value | None = None
    attribution: Annotated[str, Says("Whose view it is, in words a sentence can carry.")] = ""
    support: Annotated[tuple[Support, ...], Says("Every passage that carries it.")] = ()
    judged_by: Annotated[str, Says("The curator whose own judgement it is, in place of support.")] = ""
    basis: Annotated[str, Says("What that judgement is based on.")] = ""
    rests_on: Annotated[tuple[Annotated[str, RefersTo("fact")], ...], Says("Facts it hangs on.")] = ()
    contradicts: Annotated[
        tuple[Annotated[str, RefersTo("fact")], ...],
        Says("Facts it cannot stand beside; both are then contested."),
    ] = ()
    supersedes: Annotated[str, RefersTo("fact"), Says("The fact that this one replaces.")] = ""
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    marking: Annotated[str, Says("A portion marking, such as OFFICIAL.")] = ""
    note: Annotated[str, ManyLines(), Says("For curators; never rendered.")] = ""
    as_of: Annotated[Date, Says("The source's date; the date of curation where the source bears none.")]
    review_by: Annotated[Date | None, Says("When it should be looked at again.")] = None
    sections: Annotated[tuple[Annotated[str, IDENTIFIER], ...], Says("Memo sections that may select it.")] = ()
    revised: Change | None = None
    retired: Change | None = None
    allow: Annotated[Mapping[str, str], IDENTIFIER, Says("Waivers: a problem code, and the reason.")] = field(
        default_factory=dict
    )


class Sheet(Struct, frozen=True, kw_only=True):
    """One YAML file of a dossier, as people write it."""

    subjects: Annotated[
        tuple[Annotated[str, RefersTo("actor")], ...], Says("Actors that every sentence may name.")
    ] = ()
    sources: Annotated[Mapping[str, Source], IDENTIFIER, Says("What supports the facts, by id.")] = field(
        default_factory=dict
    )
    actors: Annotated[Mapping[str, Actor], IDENTIFIER, Says("Whom the facts speak of, by id.")] = field(
        default_factory=dict
    )
    facts: Annotated[Mapping[str, Fact], IDENTIFIER, Says("The facts, by id.")] = field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """A whole dossier: every sheet of one folder, joined. Orders are those of the sheets, by file name.

    ``places`` says where things stand: ``("fact", "gas-exports", "claim")``, ``("fact", "gas-exports")`` (its id),
    ``("fact", "gas-exports", "support", "0", "quote")``, ``("source", id, ...)``, ``("actor", id, ...)``. Fields go by
    their names in Python: ``container_title``, ``url``.
    """

    dossier: str = ""
    subjects: tuple[str, ...] = ()
    sources: Mapping[str, Source] = dataclasses.field(default_factory=dict)
    actors: Mapping[str, Actor] = dataclasses.field(default_factory=dict)
    facts: Mapping[str, Fact] = dataclasses.field(default_factory=dict)
    places: Mapping[tuple[str, ...], Place] = dataclasses.field(default_factory=dict)
    files: tuple[str, ...] = ()
    """The sheets read, relative to the project folder."""
    digests: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    """The digest (SHA-256) of each sheet's bytes as they were read."""
    _kept: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]] = dataclasses.field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def once(self, work: "Callable[[Facts, *Given], Made]", *given: *Given) -> "Made":
        """What this work makes of the dossier and of these very objects: done for the first memo, kept for the others.

        Only for what is as long as the dossier at the most, and given what is the same for all memos: a style, words.
        What is given is told by its identity, and kept, so that nothing else can come to have that.
        """
        key = (work, *map(id, given))
        if key not in self._kept:
            self._kept[key] = work(self, *given), given
        made: Made = self._kept[key][0]
        return made

    def origin(self, support: Support) -> str:
        """Whom this passage ultimately comes from: its own origin, or its source's."""
        return support.origin or self.sources[support.source].origin

    def origins(self, fact: Fact) -> frozenset[str]:
        """The distinct origins behind a fact. Independence is counted by origin, not by article."""
        return frozenset(self.origin(support) for support in fact.support)

    def origin_in_words(self, origin: str, named: Mapping[str, str]) -> str:
        """An origin as a style has ``named`` it; else the name of its actor or source; else its id, with spaces."""
        if origin in named:
            return named[origin]
        if origin in self.actors:
            return self.actors[origin].name
        return self.sources[origin].label if origin in self.sources else origin.replace("-", " ")

    def superseded(self) -> Mapping[str, str]:
        """Each fact that another replaces, and by which."""
        return {fact.supersedes: fact.id for fact in self.facts.values() if fact.supersedes}
