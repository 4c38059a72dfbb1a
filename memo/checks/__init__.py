"""Checks: one a file, named for the problem that it gives, and the lists of them.

A check's module docstring says what the rule is and why it matters; ``memo check --explain`` prints it. Most checks
look at a composed `Memo`, as its reader will see it; some at a `Dossier`, whichever memos use it; one at the
`WholeProject`. `memo.checks.running` runs them and leaves out what is waived; `memo.checks.reading` holds what several
of them need to read prose.
"""

from __future__ import annotations

from typing import Any

from memo.checks import (
    ambiguous_quote,
    changed_article,
    double_hedge,
    early_date,
    heading_level,
    likelihood_term,
    long_bottom_line,
    long_sentence,
    long_summary,
    lost_article,
    lost_quote,
    misplaced_likelihood,
    missing_alt,
    missing_glyph,
    missing_header,
    missing_section,
    mixed_certainty,
    one_origin,
    over_marked,
    over_precise_date,
    overdue,
    retired_fact,
    stale_prose,
    summary_only,
    unattributed,
    uncarried_figure,
    unconfirmed,
    uncontested,
    unguarded_benefit,
    unnamed_origin,
    unowned_judgement,
    unspelt_acronym,
    untraced,
    unused_fact,
    verb_status,
    wrong_paragraph,
)
from memo.checks.memo import Check, Dossier, Earlier, Memo, WholeProject

__all__ = ["ALL", "CHECKS", "DOSSIER_CHECKS", "PROJECT_CHECKS", "Check", "Dossier", "Earlier", "Memo", "WholeProject"]

CHECKS: tuple[Check[Memo], ...] = (
    Check(missing_section.check, waivable=False),
    Check(heading_level.check, waivable=False),
    Check(missing_alt.check, waivable=False),
    Check(missing_header.check, waivable=False),
    Check(missing_glyph.check, waivable=False),
    Check(retired_fact.check),
    Check(early_date.check),
    Check(likelihood_term.check, english=True),
    Check(mixed_certainty.check, english=True),
    Check(unowned_judgement.check, english=True),
    Check(misplaced_likelihood.check, english=True),
    Check(double_hedge.check, english=True),
    Check(verb_status.check, english=True),
    Check(over_precise_date.check),
    Check(uncontested.check),
    Check(over_marked.check),
    Check(untraced.check),
    Check(unattributed.check, english=True),
    Check(stale_prose.check, needs="earlier"),
    Check(long_sentence.check),
    Check(unspelt_acronym.check),
    Check(long_bottom_line.check),
    Check(long_summary.check),
    Check(summary_only.check),
    Check(unguarded_benefit.check),
    Check(one_origin.check),
    Check(unnamed_origin.check, waivable=False),
)
"""Every check of a memo, in the order in which they run."""

DOSSIER_CHECKS: tuple[Check[Dossier], ...] = (
    Check(unconfirmed.check),
    Check(overdue.check),
    Check(lost_article.check, needs="articles"),
    Check(changed_article.check, needs="articles"),
    Check(lost_quote.check, needs="articles"),
    Check(wrong_paragraph.check, needs="articles"),
    Check(ambiguous_quote.check, needs="articles"),
    Check(uncarried_figure.check),
)
"""Every check of a dossier."""

PROJECT_CHECKS: tuple[Check[WholeProject], ...] = (Check(unused_fact.check),)
"""Every check of a project as a whole."""

ALL: tuple[Check[Any], ...] = (*CHECKS, *DOSSIER_CHECKS, *PROJECT_CHECKS)
