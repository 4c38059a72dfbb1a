"""A memo's front matter: the YAML that stands above its template text. Types only; `memo.facts.template_file` reads it.

The two are apart because what composes, checks and renders a template needs these types, and no reader of YAML.
"""

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Struct, field

from memo.facts.declare import IDENTIFIER, LANGUAGE, Doc, Key, Length, ToTheDay
from memo.facts.edtf import Date
from memo.facts.formats import FORMATS
from memo.facts.likelihood import Scale
from memo.problem import Place, Severity

if TYPE_CHECKING:
    Format = str
else:  # what may be written is read off the annotation: here it is the list of names
    Format = Literal[tuple(FORMATS)]


class Parts(Struct, frozen=True, kw_only=True):
    """Which sections play a part that rules are about, where they do not go by their usual ids."""

    summary: Annotated[str, IDENTIFIER, Doc("The section that sums up the others.")] = "executive-summary"
    benefits: Annotated[
        tuple[Annotated[str, IDENTIFIER], ...],
        Doc("Sections that tell of benefits; left out, those whose ids begin with benefits."),
    ] = ()
    risks: Annotated[str, IDENTIFIER, Doc("The section that tells of risks.")] = "risks"


class FrontMatter(Struct, frozen=True, kw_only=True):
    """What a template must say of itself to be a memo."""

    title: Annotated[str, Doc("The subject line.")]
    short_title: Annotated[str, Key("short-title"), Doc("For the running header; the title where left out.")] = ""
    to: Annotated[str, Doc("Whom the memo is for.")]
    sender: Annotated[str, Key("from"), Doc("Who answers for it.")]
    date: Annotated[Date, ToTheDay(), Doc("The memo's own date, which also dates its files (EDTF, to the day).")]
    reference: Annotated[str, Doc("The office's own number for it.")] = ""
    dossier: Annotated[str, IDENTIFIER, Doc("The folder under facts/ that it draws on.")]
    banner: Annotated[str, Doc("Handling marking at head and foot of every page.")] = ""
    scale: Annotated[Scale, Doc("The likelihood scale its words are read by.")] = "icd203"
    formats: Annotated[tuple[Format, ...], Length(1, len(FORMATS)), Doc("What it is built to.")] = ("docx", "pdf")
    sections: Annotated[tuple[Annotated[str, IDENTIFIER], ...], Doc("Sections it must have, in this order.")] = ()
    language: Annotated[str, LANGUAGE, Doc("BCP 47 tag of its text.")] = "en-GB"
    parts: Annotated[Parts, Doc("Which sections are the summary, the benefits and the risks.")] = field(
        default_factory=Parts
    )
    severities: Annotated[
        Mapping[str, Severity], IDENTIFIER, Doc("How serious what a check finds is in this memo, by its code.")
    ] = field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Template:
    """A template file that is a memo: its front matter, and its text with the front matter's lines left blank.

    ``name`` is the file's stem and the memo's name. ``path`` is relative to the project folder. With these lines left
    blank, lines have the same numbers in ``text`` and in the file. ``places`` has the place of each field of the front
    matter: ``("date",)``, ``("sections", "0")``. ``digest`` is that of the file's bytes as they were read (SHA-256).
    """

    name: str
    path: str
    front_matter: FrontMatter
    text: str
    places: Mapping[tuple[str, ...], Place] = dataclasses.field(default_factory=dict, compare=False)
    digest: str = dataclasses.field(default="", compare=False)
