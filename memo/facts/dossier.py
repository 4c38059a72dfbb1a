"""What a dossier holds: sources, actors and facts. Types only; `memo.facts.sheets` makes them from fact sheets.

These declarations are also the schema of a fact sheet (see `memo.facts.declare`): a class's name is what messages call
it, its docstring and the docs of its fields are shown by editors and in docs/fact-sheets.md.
"""

# No ``from __future__ import annotations`` here, nor in `style` and `front_matter`: `declare.shape_of` reads the
# annotations at every start, and as texts they would have to be compiled one by one.

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, TypeVar, TypeVarTuple

from msgspec import Struct, field

from memo.facts.declare import IDENTIFIER, LANGUAGE, Amount, Doc, Form, FromKey, HasWords, Key, ManyLines, RefersTo
from memo.facts.edtf import Date
from memo.facts.likelihood import Scale
from memo.problem import Place

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")
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

KINDS_WITH_STATUS: tuple[Kind, ...] = ("event", "commitment")
"""Only what happens or is promised has a status."""


class Source(Struct, frozen=True, kw_only=True):
    """What supports facts: an article, a report. Field names are CSL-JSON's where it has one."""

    id: Annotated[str, FromKey()]
    type: Annotated[Medium, Doc("What it is, as CSL-JSON calls it: article-newspaper, report, speech.")]
    label: Annotated[str, Doc("How footnotes name it, in a few words.")]
    title: Annotated[str, Doc("Its title, as printed; left out where it bears none.")] = ""
    author: Annotated[tuple[str, ...], Doc("Who wrote it, as printed.")] = ()
    container_title: Annotated[str, Key("container-title"), Doc("The newspaper, journal or site it appeared in.")] = ""
    publisher: Annotated[str, Doc("Who brought it out.")] = ""
    issued: Annotated[Date | None, Doc("When it appeared (EDTF).")] = None
    accessed: Annotated[Date | None, Doc("When the curator read it (EDTF).")] = None
    url: Annotated[
        str, Key("URL"), Form(r'https?://[^\s<>"]+', "an http or https address"), Doc("Where it stands on the web.")
    ] = ""
    language: Annotated[str, LANGUAGE, Doc("The language of its title, where it is not the memo's.")] = ""
    origin: Annotated[str, IDENTIFIER, Doc("Whom its passages come from, unless a support says otherwise.")]
    reliability: Annotated[Reliability, Doc("Admiralty grade, A completely reliable to F cannot be judged.")]
    descriptor: Annotated[str, Doc("What kind of source it is and what bears on its quality, in words (ICD 206).")]
    text: Annotated[str, Doc("Its file in the folder given with --articles.")] = ""
    text_digest: Annotated[
        str,
        Key("text-digest"),
        Form(r"sha256:[0-9a-f]{64}", "sha256: and 64 hexadecimal digits"),
        Doc("SHA-256 of that file when the facts were curated, so that a changed article is noticed."),
    ] = ""


class Actor(Struct, frozen=True, kw_only=True):
    """A person, body or country that facts speak of."""

    id: Annotated[str, FromKey()]
    name: Annotated[str, Doc("The name that memos use.")]
    role: Annotated[str, Doc("Office or function, as the sources give it.")] = ""
    short: Annotated[str, Doc("A shorter name, such as an acronym.")] = ""
    also: Annotated[tuple[str, ...], Doc("Other names it goes by in memo text.")] = ()


class Support(Struct, frozen=True, kw_only=True):
    """One passage that carries a fact."""

    source: Annotated[str, RefersTo("source"), Doc("The id of the source that it stands in.")]
    locator: Annotated[str, Doc("Where in the source: para. 9 counts its non-empty lines from 1.")]
    quote: Annotated[str, Doc("A few words, exactly as printed (W3C TextQuoteSelector exact).")]
    prefix: Annotated[str, Doc("The words just before, where the quote stands twice.")] = ""
    suffix: Annotated[str, Doc("The words just after, where the quote stands twice.")] = ""
    origin: Annotated[str, IDENTIFIER, Doc("Whom this very passage comes from.")] = ""
    credibility: Annotated[
        Credibility | None, Doc("Admiralty grade of the item, 1 confirmed to 6 cannot be judged.")
    ] = None


class Value(Struct, frozen=True, kw_only=True):
    """A quantity: a number with its unit, as the source gives it."""

    amount: Annotated[str, Amount(), Doc("How many: 600, 2.5, or grouped as the sheet's language does it, 1,600.")]
    unit: Annotated[str, Doc("Of what: million euros, per cent.")] = ""
    qualifier: Annotated[str, Doc("about, at least, up to, as the source says.")] = ""


class Likelihood(Struct, frozen=True, kw_only=True):
    """How likely someone says an assessment is. Only where a source or a named judge gives one."""

    scale: Annotated[Scale, Doc("The scale that the term belongs to.")]
    term: Annotated[str, Doc("The likelihood term, as that scale has it.")]
    by: Annotated[str, Doc("Who says so.")]


class Confidence(Struct, frozen=True, kw_only=True):
    """How sure someone is of an assessment, and why. A statement apart from likelihood (ICD 203)."""

    level: Annotated[Literal["low", "moderate", "high"], Doc("How sure.")]
    basis: Annotated[str, Doc("What that rests on.")]
    by: Annotated[str, Doc("Who says so.")]


class Change(Struct, frozen=True, kw_only=True):
    """When a fact was revised or retired, and the reason that a redline will give."""

    date: Annotated[Date, Doc("When (EDTF).")]
    reason: Annotated[str, Doc("Why, in words that a reader of the memo will see.")]


class Fact(Struct, frozen=True, kw_only=True):
    """One curated statement, with its support and an as-of date. Its id is never reused."""

    id: Annotated[str, FromKey()]
    kind: Annotated[Kind, Doc("What sort of statement it is.")]
    status: Annotated[Status | None, Doc("How far it has come; of events and commitments only.")] = None
    claim: Annotated[str, HasWords("empty-claim"), Doc("The statement, one sentence in the curator's own words.")]
    brief: Annotated[str, Doc("A shorter sentence, for summaries.")] = ""
    phrase: Annotated[str, Doc("The same for the middle of a sentence: no capital, no full stop.")] = ""
    label: Annotated[str, Doc("A few words, for a figure or a table.")] = ""
    date: Annotated[Date | None, Doc("When it happened or was said (EDTF).")] = None
    due: Annotated[Date | None, Doc("When it is to happen (EDTF).")] = None
    actors: Annotated[tuple[Annotated[str, RefersTo("actor")], ...], Doc("Whom it speaks of.")] = ()
    value: Annotated[Value | None, Doc("A number with its unit, as the source gives it; every quantity needs one.")] = (
        None
    )
    attribution: Annotated[str, Doc("Whose view it is, in words a sentence can carry.")] = ""
    support: Annotated[tuple[Support, ...], Doc("Every passage that carries it.")] = ()
    judged_by: Annotated[str, Doc("The curator whose own judgement it is, in place of support.")] = ""
    basis: Annotated[str, Doc("What that judgement is based on.")] = ""
    rests_on: Annotated[tuple[Annotated[str, RefersTo("fact")], ...], Doc("Facts it hangs on.")] = ()
    contradicts: Annotated[
        tuple[Annotated[str, RefersTo("fact")], ...],
        Doc("Facts it cannot stand beside; both are then contested."),
    ] = ()
    supersedes: Annotated[str, RefersTo("fact"), Doc("The fact that this one replaces.")] = ""
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    marking: Annotated[str, Doc("A portion marking, such as OFFICIAL.")] = ""
    note: Annotated[str, ManyLines(), Doc("For curators; never rendered.")] = ""
    as_of: Annotated[Date, Doc("The source's date; the date of curation where the source bears none.")]
    review_by: Annotated[Date | None, Doc("When it should be looked at again.")] = None
    sections: Annotated[tuple[Annotated[str, IDENTIFIER], ...], Doc("Memo sections that may select it.")] = ()
    revised: Change | None = None
    retired: Change | None = None
    allow: Annotated[Mapping[str, str], IDENTIFIER, Doc("Waivers: a problem code, and the reason.")] = field(
        default_factory=dict
    )


class Sheet(Struct, frozen=True, kw_only=True):
    """One YAML file of a dossier, as people write it."""

    subjects: Annotated[tuple[Annotated[str, RefersTo("actor")], ...], Doc("Actors that every sentence may name.")] = ()
    formerly: Annotated[
        tuple[str, ...], Doc("Names that the dossier's folder had before: editions issued then are held against it.")
    ] = ()
    sources: Annotated[Mapping[str, Source], IDENTIFIER, Doc("What supports the facts, by id.")] = field(
        default_factory=dict
    )
    actors: Annotated[Mapping[str, Actor], IDENTIFIER, Doc("Whom the facts speak of, by id.")] = field(
        default_factory=dict
    )
    facts: Annotated[Mapping[str, Fact], IDENTIFIER, Doc("The facts, by id.")] = field(default_factory=dict)
    language: Annotated[str, LANGUAGE, Doc("The language that its amounts are written in: 1,600 or 1.600.")] = "en"


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """A whole dossier: every sheet of one folder, joined, in the order of the sheets by file name.

    ``places`` says where values stand, by key path: ``("fact", "gas-exports", "claim")``, ``("fact", "gas-exports")``
    (its id), ``("fact", "gas-exports", "support", "0", "quote")``, ``("source", id, ...)``, ``("actor", id, ...)``.
    Fields go by their names in Python: ``container_title``, ``url``.
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
    formerly: tuple[str, ...] = ()
    """Names that its folder had before."""
    _kept: dict[tuple[Any, ...], tuple[Any, tuple[Any, ...]]] = dataclasses.field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def once(self, function: "Callable[[Facts, *Arguments], Result]", *arguments: *Arguments) -> "Result":
        """Return what a function makes of the dossier and these very objects; worked out for the first memo, then kept.

        Only for results no larger than the dossier, and for arguments that are the same for all memos: a style, words.
        """
        key = (function, *map(id, arguments))
        if key not in self._kept:
            # The arguments are kept, too: once they were gone, another object could come to have the same id.
            self._kept[key] = function(self, *arguments), arguments
        result: Result = self._kept[key][0]
        return result

    def origin(self, support: Support) -> str:
        """Return whom this passage ultimately comes from: its own origin, or its source's."""
        return support.origin or self.sources[support.source].origin

    def origins(self, fact: Fact) -> frozenset[str]:
        """Return the distinct origins behind a fact. Independence is counted by origin, not by article."""
        return frozenset(self.origin(support) for support in fact.support)

    def origin_in_words(self, origin: str, named: Mapping[str, str]) -> str:
        """Name an origin as a style has ``named`` it, else by its actor or source, else by its id with spaces."""
        if origin in named:
            return named[origin]
        if origin in self.actors:
            return self.actors[origin].name
        return self.sources[origin].label if origin in self.sources else origin.replace("-", " ")

    def names_origin(self, origin: str, named: Mapping[str, str]) -> bool:
        """Tell whether an origin has words, and not only an id: in a style, or as an actor or a source."""
        return origin in named or origin in self.actors or origin in self.sources

    def relays(self, support: Support, named: Mapping[str, str]) -> bool:
        """Tell whether a passage's source passes on another's words: its origin did not write or publish it itself."""
        origin, source = self.origin(support), self.sources[support.source]
        actor = self.actors.get(origin)
        names = [origin, self.origin_in_words(origin, named), *((actor.short, *actor.also) if actor else ())]
        own = [source.id, source.label, source.publisher, source.container_title, *source.author]
        return {_bare(name) for name in names}.isdisjoint({_bare(name) for name in own} - {""})

    def superseded(self) -> Mapping[str, str]:
        """Return each fact that another replaces, with the id of that other."""
        return {fact.supersedes: fact.id for fact in self.facts.values() if fact.supersedes}


def _bare(name: str) -> str:
    """Return a name without its article, case and signs, as ``port-office`` for The Port Office."""
    words = [word for word in re.split(r"\W+", name.casefold()) if word]
    return "-".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
