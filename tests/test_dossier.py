"""The project's own dossier and its three memos: what they say, and that they say it as a careful desk would.

The two articles are not in the project. Where the environment variable MEMO_ARTICLES names a folder that holds them,
quotes are looked up in them, and nothing may stand in the project that was copied out of them; else those tests skip.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from memo.checks import Memo
from memo.cli import main
from memo.document.tree import Block, Callout, Claim, Event, Footnote, Heading, Inline, List, Paragraph, Table, Text
from memo.document.walk import block_facts, block_nodes, contents, inline_text, inlines
from memo.facts.dossier import Fact, Facts, Support
from memo.project import Prepared, Project, prepare
from memo.renderers import render

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "facts" / "azerbaijan-nato"
PROJECT = Project(ROOT)
MEMOS = ("azerbaijan-nato", "brief-azerbaijan", "brief-nato")
PREFIXES = {"N": "nato-visit-report", "C": "south-caucasus-news"}
"""How COVERAGE.md calls the sources."""

WRITTEN = ("claim", "brief", "phrase", "label", "attribution", "basis", "note")
"""The fields of a fact that hold the curator's own words."""

OPEN_NAMES = frozenset(
    re.findall(
        r"\w+",
        "Alliance Allied Allies Black Sea Central Asia South Caucasus News Europe Eurasia Euro Atlantic "
        "Caspian West Western Russian Iranian Turkish Armenian Azerbaijani Tbilisi Partnership for Peace "
        "Individual Action Plan Individually Tailored Programme Defense Education Enhancement Deputy "
        "Secretary General Special Representative Foreign Minister Speaker Parliament Assignments Office "
        "Liaison University January November Thursday Friday IPAP DEEP ITPP ",
    )
)
"""Words with a capital that are no actor's name: places, seasons of the calendar, titles, programmes, a source."""

NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

WITHOUT_A_NOTE = {
    "Watch first whether the programme is finalised.": "advice to the reader; what is to be watched is cited above it",
    "Neither article says how likely any of this is, and this memo adds no estimate of its own.": "says what no fact "
    "can be cited for: an absence, and what the memo does",
    "This memo keeps to the weaker wording.": "says what the memo does",
}
"""Every sentence of the main memo that no note follows, and why."""

SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"]?\s+(?=[“‘]?[A-Z])")


def dossier() -> Facts:
    facts, problems = PROJECT.dossier("azerbaijan-nato")
    assert problems == []
    return facts


FACTS = dossier().facts


@cache
def prepared(name: str) -> Prepared:
    return prepare(PROJECT, name)


def memo(name: str) -> Memo:
    found = prepared(name).memo
    assert found is not None
    return found


def each(what: dict[str, str], rule: str) -> None:
    """Fail with every fact that breaks a rule."""
    assert not what, f"{rule}:\n" + "\n".join(f"  {id}: {text}" for id, text in what.items())


def words(text: str) -> list[str]:
    return re.findall(r"\S*\w\S*", text)


# COVERAGE.md


def coverage_rows() -> dict[str, set[str]]:
    """Return each sentence or heading that the tally has a row for, with the ids in its last column."""
    found: dict[str, set[str]] = {}
    for line in (FOLDER / "COVERAGE.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and re.fullmatch(r"[NC]\d+(\.\d+)?", cells[0]):
            assert cells[0] not in found, f"two rows for {cells[0]}"
            found[cells[0]] = set(re.findall(r"`([^`]+)`", cells[2]))
    return found


def judgement_rows() -> set[str]:
    text = (FOLDER / "COVERAGE.md").read_text("utf-8").partition("## J:")[2]
    return set(re.findall(r"^\| `([^`]+)`", text, re.MULTILINE))


COVERAGE = coverage_rows()


def paragraph_of(sentence: str) -> tuple[str, int]:
    return sentence[0], int(sentence[1:].partition(".")[0])


def test_every_id_in_the_tally_is_a_fact() -> None:
    named = set().union(*COVERAGE.values(), judgement_rows())
    assert named <= FACTS.keys()


def test_every_fact_is_reached_from_the_tally() -> None:
    reached = set().union(*COVERAGE.values()) | judgement_rows()
    assert FACTS.keys() - reached == set()


def test_every_paragraph_of_both_articles_is_in_the_tally_and_its_sentences_run_without_a_gap() -> None:
    for prefix, last in (("N", 12), ("C", 35)):
        rows = [row for row in COVERAGE if row[0] == prefix]
        assert list(dict.fromkeys(paragraph_of(row)[1] for row in rows)) == list(range(1, last + 1))
        for paragraph in range(1, last + 1):
            sentences = [row for row in rows if paragraph_of(row) == (prefix, paragraph)]
            heading = sentences == [f"{prefix}{paragraph}"]
            assert heading or sentences == [f"{prefix}{paragraph}.{n}" for n in range(1, len(sentences) + 1)]


def test_a_sentence_without_facts_says_why() -> None:
    for line in (FOLDER / "COVERAGE.md").read_text("utf-8").splitlines():
        if re.match(r"\| [NC]\d", line) and "`" not in line.rpartition("|")[0].rpartition("|")[2]:
            assert re.search(r"\| none: \w+", line), line


def test_a_passage_cited_by_a_fact_is_tallied_under_its_paragraph() -> None:
    """And a fact tallied under a paragraph cites that paragraph, or another of the same article that says it better."""
    tallied = {(paragraph_of(row), id) for row, ids in COVERAGE.items() for id in ids}
    prefixes = {source: prefix for prefix, source in PREFIXES.items()}
    for fact in FACTS.values():
        for support in fact.support:
            assert ((prefixes[support.source], number(support)), fact.id) in tallied, (fact.id, support.locator)
    for (prefix, paragraph), id in tallied:
        assert PREFIXES[prefix] in {support.source for support in FACTS[id].support}, (prefix, paragraph, id)


def test_the_tally_counts_right() -> None:
    sources = [frozenset(support.source for support in fact.support) for fact in FACTS.values()]
    report, commentary = frozenset({"nato-visit-report"}), frozenset({"south-caucasus-news"})
    counted = (len(FACTS), *(sources.count(some) for some in (report | commentary, report, commentary, frozenset())))
    text = " ".join((FOLDER / "COVERAGE.md").read_text("utf-8").split())
    tally = re.search(r"Tally: (.*?judgements)", text)
    assert tally is not None
    assert tuple(map(int, re.findall(r"\d+", tally[1]))) == counted


# Facts


def number(support: Support) -> int:
    found = re.fullmatch(r"para\. (\d+)", support.locator)
    assert found, support.locator
    return int(found[1])


def test_every_assessment_and_every_position_says_whose_it_is() -> None:
    nameless = {
        fact.id: fact.claim
        for fact in FACTS.values()
        if fact.kind in ("assessment", "position") and not fact.attribution and not fact.judged_by
    }
    each(nameless, "an assessment or a position names whose it is")


def test_a_claim_with_one_origin_that_is_not_nato_is_attributed_in_its_sentence() -> None:
    facts, names = dossier(), PROJECT.style[0].origins
    bare: dict[str, str] = {}
    for fact in FACTS.values():
        origins = facts.origins(fact)
        if len(origins) == 1 and origins != {"nato-press-service"}:
            name = names[next(iter(origins))]
            if name.casefold() not in fact.claim.casefold():
                bare[fact.id] = fact.claim
    each(bare, "the claim names its only origin")


def test_what_the_commentary_only_relays_counts_as_natos_word_and_is_graded_no_better() -> None:
    graded = {support.credibility for fact in FACTS.values() for support in fact.support}
    assert graded <= {"2", "3", "6"}, "1 would need two origins, and nothing in the articles is doubted"
    for fact in FACTS.values():
        for support in fact.support:
            if dossier().origin(support) == "nato-press-service":
                assert support.credibility == "2", fact.id


def test_a_judgement_of_the_desk_says_so_in_its_sentence_and_rests_on_facts() -> None:
    judged = [fact for fact in FACTS.values() if fact.judged_by]
    assert {fact.id for fact in judged} == judgement_rows()
    for fact in judged:
        assert "this desk’s judgement" in fact.claim
        assert fact.rests_on
        assert not fact.support


def test_no_fact_has_a_likelihood_or_a_confidence_for_nobody_gave_one() -> None:
    assert not [fact.id for fact in FACTS.values() if fact.likelihood or fact.confidence]


def test_no_claim_uses_a_likelihood_term_that_no_source_used() -> None:
    terms = re.compile(r"\b(un)?(likely|probably|probable|certain|certainly|chance)\b")
    allowed = {"both-sides-on-peace"}
    """"A chance of more stability": an opening, no estimate."""
    found = {fact.id: fact.claim for fact in FACTS.values() if terms.search(fact.claim) and fact.id not in allowed}
    each(found, "no likelihood in a claim")


def grounds(fact: Fact) -> list[Fact]:
    """Return the fact, and those that it directly rests on."""
    return [fact, *(FACTS[id] for id in fact.rests_on)]


def figures_in(text: str) -> set[str]:
    """Find numbers, months and number words; "one" is a pronoun too often to count."""
    found = {str(int(digits)) for digits in re.findall(r"\d+", text)}
    return found | {word for word in re.findall(r"[a-z]+", text.casefold()) if word in NUMBERS}


def test_every_number_and_date_in_a_fact_stands_in_its_quotes_or_its_date_or_in_a_fact_it_rests_on() -> None:
    loose: dict[str, str] = {}
    for fact in FACTS.values():
        known: set[str] = set()
        for ground in grounds(fact):
            dates = [date.text for date in (ground.date, ground.due) if date]
            known |= figures_in(" ".join([*(support.quote for support in ground.support), *dates]))
        for field in ("claim", "brief", "phrase", "label"):
            if extra := figures_in(getattr(fact, field)) - known:
                loose[f"{fact.id}.{field}"] = f"{sorted(extra)} in {getattr(fact, field)}"
    each(loose, "a number comes from a passage or a date")


def test_every_claim_is_one_sentence_of_at_most_thirty_words() -> None:
    bad = {
        fact.id: fact.claim
        for fact in FACTS.values()
        if not fact.claim.endswith((".", ".”"))
        or len(SENTENCE_END.split(fact.claim)) > 1
        or len(words(fact.claim)) > 30
    }
    each(bad, "one sentence, a full stop, thirty words")


def test_a_brief_is_a_shorter_sentence_and_a_phrase_none() -> None:
    briefs = {
        fact.id: fact.brief
        for fact in FACTS.values()
        if fact.brief and (not fact.brief.endswith(".") or len(fact.brief) > len(fact.claim))
    }
    each(briefs, "a brief is a sentence, and no longer than the claim")
    each({fact.id: fact.phrase for fact in FACTS.values() if fact.phrase.endswith(".")}, "a phrase has no full stop")


def test_every_label_has_at_most_eight_words() -> None:
    each({fact.id: fact.label for fact in FACTS.values() if len(words(fact.label)) > 8}, "a label is short")


def names() -> set[str]:
    """Return every word with a capital in the names and roles of actors, and the open list."""
    actors = dossier().actors.values()
    told = " ".join(" ".join((actor.name, actor.role, actor.short, *actor.also)) for actor in actors)
    return set(re.findall(r"[A-Z]\w*", told)) | OPEN_NAMES


def capitals(text: str) -> Iterator[str]:
    """Find words with a capital that do not open a sentence, nor what follows a colon or an opening quotation mark."""
    for sentence in re.split(r"(?<=[.!?:])\s+|[“”\"(]", text):
        rest = re.findall(r"[^\W\d_]+", sentence)[1:]
        yield from (word for word in rest if word[0].isupper())


def test_names_are_spelt_as_in_the_list_of_actors() -> None:
    known = names()
    strange: dict[str, str] = {}
    for fact in FACTS.values():
        for field in WRITTEN:
            if odd := [word for word in capitals(getattr(fact, field)) if word not in known]:
                strange[f"{fact.id}.{field}"] = ", ".join(odd)
    each(strange, "a word with a capital is an actor's name or on the open list")


def test_nothing_in_a_memo_is_as_of_a_later_day_than_the_memo() -> None:
    for name in MEMOS:
        latest = memo(name).template.front_matter.date.latest
        for fact in FACTS.values():
            assert latest is not None
            assert fact.as_of.latest is not None
            assert fact.as_of.latest <= latest, (name, fact.id)


def test_a_fact_in_the_dated_report_is_as_of_the_reports_date_and_any_other_of_the_day_of_curation() -> None:
    for fact in FACTS.values():
        dated = any(support.source == "nato-visit-report" for support in fact.support)
        assert fact.as_of.text == ("2026-01-23" if dated else "2026-11-22"), fact.id


# Memos


def sections(document_blocks: tuple[Block, ...]) -> dict[str, list[Block]]:
    """Return the blocks of each section, by its id; those above the first under an empty one."""
    found: dict[str, list[Block]] = {"": []}
    for block in document_blocks:
        if isinstance(block, Heading) and block.level == 1:
            found[block.anchor] = []
        found[list(found)[-1]].append(block)
    return found


def blocks(name: str) -> tuple[Block, ...]:
    return memo(name).composed.document.blocks


def text_of(parts: list[Block]) -> str:
    return " ".join(
        inline_text(node.content) for node in block_nodes(tuple(parts)) if isinstance(node, Paragraph | Heading)
    )


def used(parts: list[Block]) -> set[str]:
    return {id for part in parts for id in block_facts(part)}


@pytest.mark.parametrize("name", MEMOS)
def test_a_memo_has_no_problem(name: str) -> None:
    assert prepared(name).problems == []


@pytest.mark.parametrize("name", MEMOS)
def test_the_sections_asked_for_are_all_the_sections_there_are_and_in_order(name: str) -> None:
    asked = memo(name).template.front_matter.sections
    assert tuple(id for id in sections(blocks(name)) if id) == asked


def test_the_main_memo_has_the_sections_of_a_policy_memo() -> None:
    assert memo("azerbaijan-nato").template.front_matter.sections == (
        "executive-summary", "background", "benefits-azerbaijan", "benefits-nato", "risks", "unknowns", "sources",
    )  # fmt: skip


@pytest.mark.parametrize("name", MEMOS)
def test_a_memo_opens_with_a_bottom_line_of_at_most_sixty_words(name: str) -> None:
    first = blocks(name)[0]
    assert isinstance(first, Callout)
    assert first.kind == "bottom-line"
    assert len(words(text_of(list(first.blocks)))) <= 60


def test_the_executive_summary_has_at_most_seven_points_and_three_hundred_and_fifty_words() -> None:
    summary = sections(blocks("azerbaijan-nato"))["executive-summary"]
    points = [block for block in summary if isinstance(block, List)]
    assert sum(len(block.items) for block in points) <= 7
    assert len(words(text_of(summary))) <= 350


def test_summary_and_bottom_line_have_no_fact_that_the_body_lacks() -> None:
    parts = sections(blocks("azerbaijan-nato"))
    early = used(parts.pop("")) | used(parts.pop("executive-summary"))
    assert early - {id for part in parts.values() for id in used(part)} == set()


@pytest.mark.parametrize(("name", "least", "most"), [(MEMOS[0], 3, 5), (MEMOS[1], 1, 1), (MEMOS[2], 1, 1)])
def test_a_memo_is_as_long_as_its_reader_has_time_for(name: str, least: int, most: int) -> None:
    rendered, problems = render(memo(name).composed.document, memo(name).style, "pdf")
    assert problems == []
    assert rendered.pages in range(least, most + 1)


def test_the_main_memo_has_a_timeline_a_table_of_risks_and_a_table_of_reactions() -> None:
    document = memo("azerbaijan-nato").composed.document
    captions = [inline_text(node.caption) for node in block_nodes(document.blocks) if isinstance(node, Table)]
    assert [caption.split(",")[0].split(" as ")[0] for caption in captions] == ["Risks", "Positions"]
    [figure] = memo("azerbaijan-nato").figures()
    events = [event for event in figure.data if isinstance(event, Event)]
    assert events[0].date == "1994"
    assert any(event.status == "expected" for event in events)


def marked(content: tuple[Inline, ...]) -> str:
    """Return the words with a caret for each note."""
    parts = []
    for inline in inlines(content):
        match inline:
            case Footnote():
                parts.append("^")
            case Text(text=text) | Claim(text=text):
                parts.append(text)
    return "".join(parts)


def without_notes(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Empty the notes, so that their words are not taken for the memo's."""
    return tuple(Footnote(()) if isinstance(inline, Footnote) else inline for inline in content)


def uncited(content: tuple[Inline, ...]) -> Iterator[str]:
    """Return the sentences that neither have a note nor come before one that does."""
    sentences = SENTENCE_END.split(marked(without_notes(content)).replace(".^", "^. ").replace("  ", " "))
    noted = [index for index, sentence in enumerate(sentences) if "^" in sentence]
    yield from (sentence.strip() for sentence in sentences[max(noted, default=-1) + 1 :] if words(sentence))


def test_every_sentence_of_the_main_memo_has_a_note_or_a_reason_to_have_none() -> None:
    parts = sections(blocks("azerbaijan-nato"))
    parts.pop("sources")
    """Memo's own words about its sources."""
    told = [block for part in parts.values() for block in part]
    paragraphs = [node for node in block_nodes(tuple(told)) if isinstance(node, Paragraph)]
    found = [sentence for paragraph in paragraphs for sentence in uncited(paragraph.content)]
    assert set(found) == WITHOUT_A_NOTE.keys()


def test_every_row_of_a_table_in_the_main_memo_has_a_note() -> None:
    for block in block_nodes(blocks("azerbaijan-nato")):
        if isinstance(block, Table):
            for row in block.rows:
                assert any(isinstance(inline, Footnote) for cell in row.cells for inline in inlines(cell.content))


# The articles, where they are at hand


def article_folder() -> Path:
    folder = os.environ.get("MEMO_ARTICLES", "")
    if not folder:
        pytest.skip("the articles are not in the project; MEMO_ARTICLES names no folder that has them")
    return Path(folder)


def article(source: str) -> list[str]:
    """Return the non-empty lines of a source's article."""
    text = (article_folder() / dossier().sources[source].text).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.replace("’", "").replace("'", "").casefold())


def runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    """Return every run of so many words."""
    found = plain_words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def copied(text: str, length: int = 6) -> set[str]:
    """Return runs of so many words that the text has in common with an article."""
    articles = set().union(*(runs(line, length) for source in PREFIXES.values() for line in article(source)))
    return {" ".join(run) for run in runs(text, length) & articles}


def test_the_articles_have_the_paragraphs_and_sentences_that_the_tally_counts() -> None:
    for prefix, source in PREFIXES.items():
        for at, line in enumerate(article(source), 1):
            counted = sum(paragraph_of(row) == (prefix, at) for row in COVERAGE)
            assert counted == len(re.split(r"(?<=[.!?])[”\"]?\s+(?=[A-Z])", line)), line
        assert len(article(source)) == max(paragraph_of(row)[1] for row in COVERAGE if row[0] == prefix)


def test_every_quote_stands_letter_by_letter_in_the_paragraph_that_its_locator_names() -> None:
    lost: dict[str, str] = {}
    for fact in FACTS.values():
        for support in fact.support:
            if support.quote not in article(support.source)[number(support) - 1]:
                lost[f"{fact.id} {support.source} {support.locator}"] = support.quote
    each(lost, "a quote is exact")


def test_memo_finds_each_quote_once_in_its_paragraph_too() -> None:
    only = [word for code in ("lost-quote", "wrong-paragraph", "ambiguous-quote") for word in ("--only", code)]
    result = CliRunner().invoke(
        main, ["-C", str(ROOT), "check", "--articles", str(article_folder()), *only, "--strict"]
    )
    assert result.output == "no problems\n"


def test_a_quote_is_a_few_words() -> None:
    long = {
        fact.id: support.quote for fact in FACTS.values() for support in fact.support if len(words(support.quote)) > 8
    }
    each(long, "a quote has at most eight words")


def test_no_run_of_six_words_of_an_article_stands_in_a_fact() -> None:
    found: dict[str, str] = {}
    for fact in FACTS.values():
        for field in WRITTEN:
            if some := copied(getattr(fact, field)):
                found[f"{fact.id}.{field}"] = "; ".join(sorted(some))
    each(found, "a fact is in the curator's own words")


def test_no_run_of_six_words_of_an_article_stands_in_templates_docs_or_the_tally() -> None:
    paths = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("templates/**/*.md"), *FOLDER.glob("*.md")]
    found = {str(path.relative_to(ROOT)): "; ".join(sorted(copied(path.read_text("utf-8")))) for path in paths}
    each({path: some for path, some in found.items() if some}, "the project is in its own words")


OFFICIAL_NAMES = ("Special Representative for the South Caucasus",)
"""Names that can be written in one way only."""


@pytest.mark.parametrize("name", MEMOS)
def test_no_run_of_six_words_of_an_article_comes_about_where_a_template_meets_a_fact(name: str) -> None:
    """But for names: the title of the article among the sources, and an office."""
    names = (dossier().sources["south-caucasus-news"].title, *OFFICIAL_NAMES)
    told = [inline_text(content) for block in blocks(name) for content in contents(block)]
    for spared in names:
        told = [part for text in told for part in text.split(spared)]
    found = {run for text in told for run in copied(text, 6)}
    assert not found


def test_every_actor_is_named_in_an_article() -> None:
    text = " ".join(line for source in PREFIXES.values() for line in article(source))
    unnamed = {"special-representative"}
    """"A new Special Representative": neither article names the person."""
    for actor in dossier().actors.values():
        for name in (actor.name, *([actor.short] if actor.short else []), *actor.also):
            assert name in text or name.replace("the ", "") in text or actor.id in unnamed, name
