"""What is told of a figure whose data are others, whatever its kind."""

from __future__ import annotations

import pytest
from msgspec import Struct
from msgspec.structs import replace

from memo.changes import compare
from memo.changes.alignment import word_diff
from memo.changes.resolve import resolves_to
from memo.compose.finish import keyed
from memo.document.tree import Bar, Change, Document, Event, Figure, Mark, Metadata, Text
from memo.facts.style import Words

METADATA = Metadata("Trade", "Trade", "Committee", "Port desk", "2031-03-14", "14 March 2031")
HOLLOW = Words().hollow
LINK = Event("2031-03", "March 2031", "Rail link intended", ("link",), "announced")
BERTHS = Event("2030", "2030", "Two berths open", ("berths",), "done")
STEPS = Figure("timeline", (BERTHS, LINK), "Steps.", (Text("Steps. " + HOLLOW),))
QUAYS = Figure("bars", (Bar("Old quay", "12", "12 million euros", ("old",)),), "Quays.", (Text("Quays"),))


def held(*figures: Figure) -> Document:
    return Document(METADATA, keyed(figures))


def told(old: Figure, new: Figure) -> str:
    """The one change that a redline lists, as `memo diff` shows it; it marks the figure and leads back."""
    before, after = held(QUAYS, old), held(QUAYS, new)
    redline = compare(before, after)
    (change,) = redline.changes
    assert [block.mark for block in redline.blocks] == [None, Mark("deleted", 1), Mark("inserted", 1)]
    assert resolves_to(redline, before, after)
    return shown(change)


def shown(change: Change) -> str:
    signs = {"": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    return "".join(signs[how].format(text) for how, text in word_diff(change.before, change.after))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ((BERTHS, replace(LINK, status="done")), "Figure 2: Rail link intended: [-announced-]{+done+}"),
        ((BERTHS, replace(LINK, status="")), "Figure 2: Rail link intended[-: announced-]"),
        ((BERTHS, replace(LINK, label="Rail link meant")), "Figure 2: Rail link [-intended-]{+meant+}"),
        (
            (replace(BERTHS, date="2024", shown="2024"), replace(LINK, status="under-way")),
            "Figure 2: Two berths open: [-2030-]{+2024+} · Rail link intended: [-announced-]{+under way+}",
        ),
        ((BERTHS,), "Figure 2[-: Rail link intended: March 2031, announced-]"),
        (
            (BERTHS, replace(LINK, facts=("link-built",), status="done")),
            "Figure 2: Rail link intended: [-announced-]{+done+}",
        ),
        (
            (LINK, BERTHS),
            "Figure 2:{+ Rail link intended,+} Two berths open[-, Rail link intended-]",
        ),
    ],
)
def test_each_datum_that_changed_is_told_in_one_change(data: tuple[Event, ...], expected: str) -> None:
    alt = f"Steps. {'; '.join(f'{datum.shown}: {datum.label}' for datum in data)}."
    assert told(STEPS, replace(STEPS, data=data, alt=alt, caption=(Text("Steps"),))) == expected


def test_an_amount_that_is_drawn_otherwise_and_shown_alike_is_told_by_itself() -> None:
    longer = replace(QUAYS, data=(replace(QUAYS.data[0], amount="12.4"),))
    assert told(QUAYS, longer) == "Figure 2: Old quay: [-12-]{+12.4+}"


def test_the_writers_caption_and_words_are_told_with_the_data() -> None:
    new = replace(STEPS, data=(BERTHS, replace(LINK, status="done")), alt="All steps.", caption=(Text("Done"),))
    (change,) = compare(held(STEPS), held(new)).changes
    assert change.before == "Figure 1: Rail link intended: announced · Steps · Steps."
    assert change.after == "Figure 1: Rail link intended: done · Done · All steps."
    assert change.facts == ("link",)


def test_only_a_caption_that_came_is_told() -> None:
    (change,) = compare(held(replace(QUAYS, caption=())), held(QUAYS)).changes
    assert shown(change) == "Figure 1{+: Quays+}"


class Share(Struct, frozen=True):
    """A datum of a kind of figure that there is not yet."""

    label: str
    portion: str
    colour: str
    facts: tuple[str, ...] = ()


def test_a_kind_of_figure_that_comes_later_is_told_by_whatever_its_data_hold() -> None:
    ring = Figure("ring", (Share("Grain", "one third", "green", ("grain",)), Share("Ore", "half", "red")), "Ring.")  # type: ignore[arg-type]
    other = Figure("ring", (Share("Grain", "a quarter", "green", ("grain",)), Share("Ore", "half", "blue")), "Ring.")  # type: ignore[arg-type]
    (change,) = compare(held(ring), held(other)).changes
    assert (change.before, change.after) == (
        "Figure: Grain: one third · Ore: red",
        "Figure: Grain: a quarter · Ore: blue",
    )
    assert change.facts == ("grain",)


def test_a_status_is_told_in_the_memos_language() -> None:
    words = replace(Words(), statuses={"done": "erledigt", "announced": "angekündigt"}, figure="Abbildung {number}")
    new = replace(STEPS, data=(BERTHS, replace(LINK, status="done")))
    (change,) = compare(held(STEPS), held(new), words=words).changes
    assert (change.before, change.after) == (
        "Abbildung 1: Rail link intended: angekündigt", "Abbildung 1: Rail link intended: erledigt",
    )  # fmt: skip
