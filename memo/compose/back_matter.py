"""The blocks that memo itself words: the list of sources, the source summary (ICD 206), the table of likelihood terms.

They are made from the facts that the memo uses. A template says where each stands, with ``sources()``,
``source_summary()`` and ``likelihood_table()``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from memo.compose.footnotes import merged
from memo.document import tree, walk
from memo.document.sentences import with_full_stop
from memo.document.tree import Block, Inline, Text
from memo.facts.counts import counted
from memo.facts.date_words import date_in_words
from memo.facts.dossier import Fact, Facts, Source
from memo.facts.likelihood import SCALES, Scale, band_of, may_state, terms_in
from memo.facts.style import Words, fill

# The list of sources


def source_list(facts: Facts, used: list[Fact], words: Words) -> tuple[Block, ...]:
    """List the sources behind these facts: what each is called, what it is, of what kind, and how reliable."""
    items = tuple(tree.ListItem((tree.Paragraph(_entry(source, words)),)) for source in _sources_of(facts, used))
    return (tree.List(items, tight=False),) if items else ()


def _sources_of(facts: Facts, used: Iterable[Fact]) -> list[Source]:
    """Return the sources behind some facts, each once, by label."""
    ids = {support.source for fact in used for support in fact.support}
    return sorted((facts.sources[id] for id in ids), key=lambda source: (source.label.casefold(), source.id))


def _entry(source: Source, words: Words) -> tuple[Inline, ...]:
    """Word an entry: ``Label. Title, author, publisher, issued 23 January 2026. Descriptor. Usually reliable.``"""
    lead = (tree.Strong((Text(with_full_stop(source.label)),)), Text(" "))
    described = [part for inline in _particulars(source, words) for part in (Text(", "), inline)][1:]
    if described and isinstance(first := described[0], Text):
        described[0] = Text(_capitalised(first.text))
    rest = f"{with_full_stop(source.descriptor)} {with_full_stop(_capitalised(_grade(source, words)))}"
    return merged([*lead, *described, Text((". " if described else "") + rest)])


def _particulars(source: Source, words: Words) -> list[Inline]:
    """List what is known of a source. What is not known is left out, but for a missing date, which is mentioned."""
    found: list[Inline] = []
    if source.title:
        found.append(tree.Emphasis((Text(source.title, source.language),)))
    plain = (", ".join(source.author), source.container_title, source.publisher)
    found += [Text(text) for text in plain if text]
    found.append(Text(fill(words.issued, date=date_in_words(source.issued, words)) if source.issued else words.undated))
    if source.url:
        found.append(tree.Link((Text(source.url),), source.url))
    if source.accessed:
        found.append(Text(fill(words.accessed, date=date_in_words(source.accessed, words))))
    return found


def _grade(source: Source, words: Words) -> str:
    return words.reliability.get(source.reliability, source.reliability)


def _capitalised(text: str) -> str:
    # title() and not upper(), which makes two capitals of ß or ﬁ
    return text[:1].title() + text[1:]


# The source summary


def source_summary(facts: Facts, used: list[Fact], words: Words) -> tuple[Block, ...]:
    """Say how many facts, sources and origins there are, how independent, what the memo rests on most, how good it is.

    Facts that are a curator's own judgement are drawn from no source, and are counted apart.
    """
    drawn = [fact for fact in used if fact.support]
    sentences = []
    if drawn:
        sources = _sources_of(facts, drawn)
        sentences += _counts(facts, drawn, sources, words)
        sentences += [
            fill(words.summary_grades, source=source.label, grade=_grade(source, words)) for source in sources
        ]
    sentences += _passage_grades(drawn, words)
    if judged := len(used) - len(drawn):
        sentences.append(counted(words.summary_judged, words, count=judged))
    paragraphs = [part for part in (sentences, [words.summary_limits]) if part]
    return tuple(tree.Paragraph((Text(" ".join(map(_capitalised, part))),)) for part in paragraphs)


def _counts(facts: Facts, drawn: list[Fact], sources: list[Source], words: Words) -> list[str]:
    origins = [facts.origins(fact) for fact in drawn]
    single, shared = sum(len(some) == 1 for some in origins), sum(len(some) > 1 for some in origins)
    distinct = len(frozenset().union(*origins))
    return [
        counted(words.summary_sources, words, facts=len(drawn), sources=len(sources), origins=distinct),
        counted(words.summary_single, words, single=single, shared=shared, facts=len(drawn)),
        _most_used(drawn, sources, words),
    ]


def _most_used(drawn: list[Fact], sources: list[Source], words: Words) -> str:
    """Name the source behind most facts, or all those behind equally many."""
    behind = Counter(id for fact in drawn for id in {support.source for support in fact.support})
    most = max(behind.values())
    named = [source.label for source in sources if behind[source.id] == most]
    if len(named) > 1:
        pattern = fill(words.summary_tied, sources=", ".join(named))
    else:
        pattern = fill(words.summary_most, source=named[0])
    return counted(pattern, words, count=most, facts=len(drawn))


def _passage_grades(drawn: list[Fact], words: Words) -> list[str]:
    """Say how many passages have which grade, the best first, and how many none."""
    grades: Counter[str] = Counter(support.credibility or "" for fact in drawn for support in fact.support)
    parts = [
        counted(fill(words.summary_passage, grade=words.credibility.get(grade, grade)), words, count=grades[grade])
        for grade in sorted(filter(None, grades))
    ]
    if grades[""]:
        parts.append(counted(words.summary_ungraded, words, count=grades[""]))
    pattern = fill(words.summary_passages, grades=", ".join(parts))
    return [counted(pattern, words, passages=sum(grades.values()))] if parts else []


# The table of likelihood terms


def likelihood_table(scale: Scale, words: Words) -> tree.Table:
    """Make the table of a scale's terms, in the memo's language, with the chance that each stands for."""
    terms = words.icd203 if scale == "icd203" else words.phia
    chances = (fill(words.percent, amount=band.chance.rstrip("%")) for band in SCALES[scale])
    rows = tuple(_row(term, chance) for term, chance in zip(terms, chances, strict=True))
    caption = (Text(fill(words.likelihood_caption, scale=words.scales.get(scale, scale))),)
    return tree.Table(_row(words.likelihood_term, words.likelihood_chance), rows, ("left", "right"), caption)


def _row(*cells: str) -> tree.Row:
    return tree.Row(tuple(tree.Cell((Text(cell),)) for cell in cells))


def states_likelihood(blocks: Iterable[Block], used: list[Fact], language: str, scale: Scale) -> bool:
    """Tell whether these blocks use a term of the scale, so that readers need the table.

    Only English text is looked through; in another language, a fact that has a likelihood counts.
    """
    if language.split("-")[0] != "en":
        return any(fact.likelihood for fact in used)
    runs = [content for block in blocks for content in walk.contents(block)]
    texts = [walk.inline_text(content) for content in runs]
    if may_state("\n".join(texts)):  # one look at all of it, which most memos do not pass
        terms = (found.term for text in texts for found in terms_in(text))
        if any(band_of(term, scale) for term in terms):
            return True
    claims = (inline for content in runs for inline in walk.inlines(content) if isinstance(inline, tree.Claim))
    return any(claim.part == "likelihood" for claim in claims)
