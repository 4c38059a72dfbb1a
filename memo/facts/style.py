"""One look for both formats: what `templates/style.yaml` may say. Types only, with the house defaults.

Lengths are millimetres where the name ends in ``_mm``, else points. `memo.facts.style_file` reads the file; the two are
apart because whoever renders or words something needs these types, and no reader of YAML.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Struct, field

from memo.facts.declare import COLOUR, IDENTIFIER, LANGUAGE, Doc, Form, Key, Keys, Length, MayName, Within
from memo.facts.languages import shipped_words
from memo.facts.likelihood import SCALES
from memo.problem import Place

Millimetres = Annotated[float, Within(5, 80)]
Points = Annotated[float, Within(4, 96)]
Colour = Annotated[str, COLOUR]

WORD_FILE = Form(r"[^/\\:]+\.(docx|dotx|DOCX|DOTX)", "the name of a .docx or .dotx file beside style.yaml")

LOCATORS = ("para.", "paras.", "p.", "pp.", "headline")
"""What locators in fact sheets begin with, as `Words.locators` has it for each language."""

MM = 72 / 25.4
"""Points in a millimetre."""

PAPER_MM = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Paper sizes, width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""


class Page(Struct, frozen=True, kw_only=True):
    """The sheet of paper."""

    size: Literal["A4", "Letter"] = "A4"
    margin_top_mm: Annotated[Millimetres, Key("margin-top-mm")] = 25.0
    margin_bottom_mm: Annotated[Millimetres, Key("margin-bottom-mm")] = 25.0
    margin_left_mm: Annotated[Millimetres, Key("margin-left-mm")] = 25.0
    margin_right_mm: Annotated[Millimetres, Key("margin-right-mm")] = 25.0


class Sizes(Struct, frozen=True, kw_only=True):
    """Type sizes and their line spacings, in points."""

    body: Points = 10.5
    body_leading: Annotated[Points, Key("body-leading")] = 14.5
    title: Points = 20.0
    title_leading: Annotated[Points, Key("title-leading")] = 24.0
    heading_1: Annotated[Points, Key("heading-1")] = 14.0
    heading_2: Annotated[Points, Key("heading-2")] = 11.5
    heading_3: Annotated[Points, Key("heading-3")] = 10.5
    table: Points = 9.5
    table_leading: Annotated[Points, Key("table-leading")] = 12.5
    note: Points = 8.5
    note_leading: Annotated[Points, Key("note-leading")] = 11.0
    furniture: Annotated[Points, Doc("Header and footer.")] = 8.5


class Colours(Struct, frozen=True, kw_only=True):
    """The palette. Text colours keep a contrast of at least 4.5 to 1 on white and on ``tint`` (WCAG 2.2, 1.4.3).

    One that does not is told (low-contrast). Those for what is no text, `rule` and `tint`, are free.
    """

    text: Colour = "#1A1A1A"
    heading: Colour = "#1F3864"
    accent: Annotated[Colour, Doc("Heavy rule beside the bottom line; timeline line and markers.")] = "#1F3864"
    muted: Annotated[Colour, Doc("Header, footer, captions.")] = "#55606E"
    rule: Annotated[Colour, Doc("Hairlines.")] = "#B8C0CC"
    tint: Annotated[Colour, Doc("Behind the bottom line and a table's header row.")] = "#EEF2F8"
    link: Colour = "#1F4E9E"
    inserted: Annotated[Colour, Doc("What came, in a redline as PDF; it is underlined too.")] = "#0B6640"
    deleted: Annotated[Colour, Doc("What went; it is struck through too.")] = "#B3261E"


class Fonts(Struct, frozen=True, kw_only=True):
    """The type. The PDF embeds a family that comes with memo; the DOCX names one that its reader has."""

    pdf: Literal["Carlito"] = "Carlito"
    docx: Annotated[str, Doc("A family of the same metrics, so that lines break alike.")] = "Calibri"


class Tables(Struct, frozen=True, kw_only=True):
    """How tables look."""

    banded: Annotated[bool, Doc("Tint every second row.")] = False


class Words(Struct, frozen=True, kw_only=True):
    """Every fixed word that memo itself puts on a page, and how numbers and dates are written, for one language.

    In patterns, ``{name}`` stands for what is filled in; in those that tell a count, ``{facts:# fact|# facts}`` for the
    form that the count needs (see ``counting``), with the number in place of ``#``.
    """

    memorandum: str = "Policy memorandum"
    to: str = "To"
    sender: Annotated[str, Key("from")] = "From"
    date: str = "Date"
    reference: str = "Reference"
    bottom_line: Annotated[str, Key("bottom-line")] = "Bottom line"
    note: str = "Note"
    warning: str = "Caution"
    page: str = "Page {page} of {pages}"
    as_of: Annotated[str, Key("as-of")] = "Facts as of {date}"
    digest: str = "Content {digest}"
    edition: str = "Edition {edition}"
    figure: str = "Figure {number}"
    table: str = "Table {number}"
    hollow: Annotated[str, Doc("Below a timeline with hollow markers.")] = "Hollow markers: announced or expected."
    footnote: Annotated[str, Doc("What a reference to a note says to those who hear it.")] = "Footnote {number}"
    back: Annotated[str, Doc("What the number of a note says to them: it is a link.")] = "Back to the text, {number}"
    relaying: Annotated[str, Doc("In a footnote, where a source relays another's words.")] = "relaying {origin}"
    relaying_each: Annotated[str, Key("relaying-each"), Doc("The same, of two or more sources.")] = (
        "each relaying {origin}"
    )
    semicolon: Annotated[str, Doc("Between passages in a footnote, and between remarks on them.")] = "; "
    judgement: Annotated[str, Doc("A footnote for a curator's own judgement.")] = "Judgement of {by}. Basis: {basis}"
    issued: str = "issued {date}"
    undated: str = "undated"
    accessed: str = "accessed {date}"
    reliability: Annotated[Mapping[str, str], Keys(("A", "B", "C", "D", "E", "F")), Doc("Source grades.")] = field(
        default_factory=lambda: {
            "A": "completely reliable",
            "B": "usually reliable",
            "C": "fairly reliable",
            "D": "not usually reliable",
            "E": "unreliable",
            "F": "reliability cannot be judged",
        }
    )
    credibility: Annotated[Mapping[str, str], Keys(("1", "2", "3", "4", "5", "6")), Doc("Item grades.")] = field(
        default_factory=lambda: {
            "1": "confirmed by other sources",
            "2": "probably true",
            "3": "possibly true",
            "4": "doubtful",
            "5": "improbable",
            "6": "truth cannot be judged",
        }
    )
    statuses: Annotated[
        Mapping[str, str],
        Keys(("done", "under-way", "announced", "expected")),
        Doc("How far an event or a commitment has come, where a figure that changed is told."),
    ] = field(
        default_factory=lambda: {
            "done": "done",
            "under-way": "under way",
            "announced": "announced",
            "expected": "expected",
        }
    )
    confidence: Annotated[Mapping[str, str], Keys(("low", "moderate", "high")), Doc("Levels of confidence.")] = field(
        default_factory=lambda: {"low": "low", "moderate": "moderate", "high": "high"}
    )
    locators: Annotated[
        Mapping[str, str], Keys(LOCATORS), Doc("In a footnote, what a locator of the sheets begins with.")
    ] = field(default_factory=lambda: {word: word for word in LOCATORS})
    decimal: Annotated[str, Doc("Before the decimals of an amount: 2.5.")] = "."
    grouping: Annotated[str, Doc("Between thousands: 1,600. Empty where digits are not grouped.")] = ","
    percent: Annotated[str, Doc("An amount in per cent, whose unit is %.")] = "{amount}%"
    counting: Annotated[
        Literal["english", "french", "russian"],
        Doc("Which counts take which form: 1, others; 0 and 1, others; 1 and 21, 2 to 4 and 22 to 24, others."),
    ] = "english"
    months: Annotated[tuple[str, ...], Length(12, 12), Doc("January to December, after a day.")] = (
        "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December",
    )  # fmt: skip
    months_alone: Annotated[
        tuple[str, ...], Key("months-alone"), Length(12, 12), Doc("The same without a day, where they differ.")
    ] = ()
    first_day: Annotated[str, Key("first-day"), Doc("The first day of a month: 1er in French.")] = "1"
    seasons: Annotated[tuple[str, ...], Length(4, 4), Doc("Spring, summer, autumn, winter (EDTF 21 to 24).")] = (
        "spring", "summer", "autumn", "winter",
    )  # fmt: skip
    day: Annotated[str, Doc("A date to the day.")] = "{day} {month} {year}"
    month: Annotated[str, Doc("A date to the month.")] = "{month} {year}"
    season: Annotated[str, Doc("A date to the season.")] = "{season} {year}"
    decade: Annotated[str, MayName(("last",)), Doc("A date to the decade, EDTF 202X, up to the year {last}.")] = (
        "the {year}s"
    )
    century: Annotated[
        str, MayName(("last", "number", "roman")), Doc("To the century, EDTF 19XX: {number} is 20, {roman} is XX.")
    ] = "the {year}s"
    bce: Annotated[str, Doc("A year before the common era, EDTF -0043.")] = "{year} BCE"
    approximate: Annotated[str, Doc("EDTF ~.")] = "about {date}"
    uncertain: Annotated[str, Doc("EDTF ?.")] = "{date} (uncertain)"
    after: Annotated[str, Doc("EDTF 2026/..")] = "from {date}"
    before: Annotated[str, Doc("EDTF ../2026")] = "until {date}"
    between: Annotated[str, Doc("An interval.")] = "{first} to {last}"
    days: Annotated[str, Doc("An interval within a month.")] = "{first}–{last} {month} {year}"
    title: Annotated[str, Doc("What a redline calls the memo's title.")] = "Title"
    marking: Annotated[str, Doc("What a redline calls the banner.")] = "Marking"
    change_was: Annotated[str, Key("change-was"), Doc("In a redline: what stood there.")] = "Was: {before}"
    change_now: Annotated[str, Key("change-now"), Doc("What stands there now.")] = "Now: {after}"
    change_new: Annotated[str, Key("change-new"), Doc("What came, where nothing stood.")] = "New: {after}"
    change_removed: Annotated[str, Key("change-removed"), Doc("What went, with nothing in its place.")] = (
        "Removed: {before}"
    )
    change_facts: Annotated[str, Key("change-facts"), Doc("The ids of the facts behind it.")] = "Facts: {facts}"
    change_sources: Annotated[str, Key("change-sources"), Doc("What those facts rest on.")] = "Sources: {sources}"
    change_reason: Annotated[str, Key("change-reason"), Doc("What the curator gives as the reason.")] = (
        "Reason: {reason}"
    )
    change_came: Annotated[str, Key("change-came"), Doc("The reason where a fact is used for the first time.")] = (
        "The memo now uses this fact."
    )
    change_gone: Annotated[str, Key("change-gone"), Doc("The reason where a fact is used no more.")] = (
        "The memo no longer uses this fact."
    )
    changes: Annotated[str, Doc("Heads the list of changes that ends a redline as PDF.")] = "Changes"
    redline: Annotated[str, Doc("What a redline as PDF calls itself.")] = "Redline against edition {edition} of {date}"
    redline_unissued: Annotated[
        str, Key("redline-unissued"), Doc("The same, against a version that was never issued.")
    ] = "Redline against the version of {date}"
    inserted: Annotated[str, Doc("Of what came, where colour and line do not say so.")] = "inserted"
    deleted: Annotated[str, Doc("Of what went.")] = "deleted"
    marked: Annotated[
        str, Doc("What those hear of words that came or went who do not see them; {how} is one of the two above.")
    ] = "{how}: {text} (end)"
    marked_numbered: Annotated[
        str, Key("marked-numbered"), Doc("The same, where it is one of the changes that are listed.")
    ] = "{how}, change {number}: {text} (end)"
    marked_place: Annotated[
        str, Key("marked-place"), Doc("What the number of a change says to them: it is a link.")
    ] = "Change {number}, to the text"
    rule: Annotated[str, Doc("What a redline calls a line across the text.")] = "rule"
    page_break: Annotated[str, Key("page-break"), Doc("What it calls a forced page break.")] = "page break"
    changes_since: Annotated[str, Key("changes-since"), Doc("Before the changes that changes() lists.")] = (
        "Changed since edition {edition} of {date}:"
    )
    changes_none: Annotated[str, Key("changes-none"), Doc("What changes() prints where there is none.")] = (
        "Nothing has changed since edition {edition} of {date}."
    )
    changes_first: Annotated[str, Key("changes-first"), Doc("What it prints in a first edition.")] = (
        "This is the first edition."
    )
    numbers: Annotated[tuple[str, ...], Length(1, 100), Doc("Small numbers in words, from none.")] = (
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    )  # fmt: skip
    likelihood_caption: Annotated[
        str, Key("likelihood-caption"), Doc("Above the table of likelihood terms; {scale} is one of scales.")
    ] = "What terms of likelihood mean, by {scale}"
    likelihood_term: Annotated[str, Key("likelihood-term"), Doc("Heads its column of terms.")] = "Term"
    likelihood_chance: Annotated[str, Key("likelihood-chance"), Doc("Heads its column of chances.")] = "Chance"
    scales: Annotated[Mapping[str, str], Keys(("icd203", "phia")), Doc("What the two scales are called.")] = field(
        default_factory=lambda: {"icd203": "ICD 203", "phia": "the PHIA probability yardstick"}
    )
    icd203: Annotated[tuple[str, ...], Length(7, 7), Doc("The terms of ICD 203, from 1–5% to 95–99%.")] = tuple(
        band.shown for band in SCALES["icd203"]
    )
    phia: Annotated[tuple[str, ...], Length(7, 7), Doc("The terms of the PHIA yardstick, from the least up.")] = tuple(
        band.shown for band in SCALES["phia"]
    )
    summary_sources: Annotated[
        str,
        Key("summary-sources"),
        Doc("Source summary. {sources:source|sources} is the one word for one source, the other for more."),
    ] = (
        "This memo rests on {facts} {facts:fact|facts} drawn from {sources} {sources:source|sources}; behind their "
        "passages {origins:stands|stand} {origins} distinct {origins:origin|origins}."
    )
    summary_single: Annotated[str, Key("summary-single")] = (
        "{single} of the {facts} {facts:fact|facts} {single:comes|come} from a single origin; {shared} "
        "{shared:is|are} carried by two or more."
    )
    summary_most: Annotated[str, Key("summary-most")] = (
        "The memo rests most on {source}, which carries {count} of the {facts} {facts:fact|facts}."
    )
    summary_grades: Annotated[str, Key("summary-grades")] = "{source} is graded “{grade}”."
    summary_tied: Annotated[
        str, Key("summary-tied"), Doc("Source summary, where two or more sources carry equally many facts.")
    ] = "The memo rests most, and equally, on {sources}, each of which carries {count} of the {facts} facts."
    summary_passages: Annotated[str, Key("summary-passages"), Doc("Source summary: {grades} are of the two below.")] = (
        "Of the {passages} {passages:passage|passages} cited, {grades}."
    )
    summary_passage: Annotated[str, Key("summary-passage")] = "{count} {count:is|are} graded “{grade}”"
    summary_ungraded: Annotated[str, Key("summary-ungraded")] = "{count} {count:bears|bear} no grade"
    summary_judged: Annotated[str, Key("summary-judged")] = (
        "{count} {count:fact rests|facts rest} on no source but the curator’s own judgement."
    )
    summary_limits: Annotated[str, Key("summary-limits")] = (
        "Truth, and the balance of judgement, are not something a tool can check."
    )


def fill(pattern: str, **parts: str) -> str:
    """Put parts into a pattern of `Words`. Anything else in braces is left as it is.

    In one pass, not part after part: a part's own text may have braces in it.
    """
    return re.sub(r"\{(\w+)\}", lambda match: parts.get(match[1], match[0]), pattern)


def english_words() -> Words:
    """Return the English words, the same object each time."""
    words = shipped_words("en")
    assert words is not None
    return words


class Style(Struct, frozen=True, kw_only=True):
    """The look of every memo of a project."""

    page: Page = field(default_factory=Page)
    sizes: Sizes = field(default_factory=Sizes)
    colours: Colours = field(default_factory=Colours)
    fonts: Fonts = field(default_factory=Fonts)
    tables: Tables = field(default_factory=Tables)
    banner: Annotated[str, Doc("Handling marking of every memo that gives none of its own.")] = ""
    markings: Annotated[
        tuple[str, ...], Doc("An organisation's own handling markings, lowest first, to compare banner and facts by.")
    ] = ()
    house_style: Annotated[
        str,
        Key("house-style"),
        WORD_FILE,
        Doc("An organisation's own Word file beside style.yaml, whose styles, header, footer and page the DOCX takes."),
    ] = ""
    origins: Annotated[Mapping[str, str], IDENTIFIER, Doc("Origins in words: port-office: the port office.")] = field(
        default_factory=dict
    )
    words: Annotated[
        Mapping[str, Words],
        LANGUAGE,
        Doc("Fixed words by language. What is left out is as it comes with memo, if it does."),
    ] = field(default_factory=dict)

    def words_for(self, language: str) -> Words | None:
        """Return the words for a BCP 47 tag: its own, else its primary language's, else those of memo, else None."""
        words = self.words.get(language) or self.words.get(language.split("-")[0])
        return words or shipped_words(language)

    def page_points(self) -> tuple[float, float]:
        """Return page width and height in points."""
        width, height = PAPER_MM[self.page.size]
        return width * MM, height * MM

    def measure(self) -> float:
        """Return the width of the text in points."""
        return self.page_points()[0] - (self.page.margin_left_mm + self.page.margin_right_mm) * MM


class HouseFile(Struct, frozen=True):
    """The file that ``house-style`` names: its path in the project, its bytes, and the place that names it."""

    path: str
    data: bytes
    place: Place


class StyleFile(Struct, frozen=True):
    """A style file as it was read: the style, and the Word file that it names, None where that cannot serve.

    ``digest`` is that of the style file's bytes (SHA-256), empty where there is no such file.
    """

    style: Style
    house: HouseFile | None = None
    digest: str = ""
