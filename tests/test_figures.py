"""Figures: what a timeline shows, and that nothing in it collides, is lost or falls off the edge."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from memo import fonts
from memo.document.as_json import NotADocument, from_json, to_json
from memo.document.tree import Bar, Document, Event, Figure, Metadata
from memo.facts import edtf
from memo.facts.date_words import show
from memo.facts.style import Style, Words
from memo.figures import FIGURES
from memo.figures.picture import Box, Item, Label, Line, Picture

STYLE = Style()
MEASURE = STYLE.measure()


def event(date: str, label: str, status: str = "done") -> Event:
    parsed = edtf.parse(date)
    assert parsed is not None
    return Event(date, show(parsed, Words()), label, (), status)


PARTNERSHIP = (
    event("2026-01", "NATO is ready to finalise a tailored programme", "announced"),
    event("1994", "Azerbaijan joins the Partnership for Peace"),
    event("2026-01-22", "The press service announces the visit and its talks"),
    event("2025", "Armenia and Azerbaijan initial a peace agreement"),
    event("2026-01-21/2026-01-22", "The Deputy Secretary General visits Baku"),
    event("2026-01-22/..", "A Special Representative is to take up duties", "expected"),
)


def timeline(events: tuple[Event, ...], width: float = MEASURE) -> Picture:
    return FIGURES["timeline"](events, STYLE, width)


Extent = tuple[float, float, float, float]


def extent(item: Item) -> Extent:
    """Left, top, right and bottom of the ink: for letters 0.76 em above the baseline to 0.24 below."""
    match item:
        case Line(x1=x1, y1=y1, x2=x2, y2=y2, width=width):
            half = width / 2
            aside, above = (0.0, half) if y1 == y2 else (half, 0.0) if x1 == x2 else (half, half)
            return min(x1, x2) - aside, min(y1, y2) - above, max(x1, x2) + aside, max(y1, y2) + above
        case Box(x=x, y=y, width=width, height=height, stroke=stroke, stroke_width=stroke_width):
            out = stroke_width / 2 if stroke else 0
            return x - out, y - out, x + width + out, y + height + out
        case Label(x=x, y=y, size=size, anchor=anchor):
            long = fonts.width(item.text, item.face, size)
            left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
            return left, y - 0.76 * size, left + long, y + 0.24 * size


def overlap(one: Extent, other: Extent) -> bool:
    slack = 0.01
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def of_kind(picture: Picture, kind: type[Item]) -> list[Item]:
    return [item for item in picture.items if isinstance(item, kind)]


def words_of(picture: Picture) -> str:
    return " ".join(item.text for item in picture.items if isinstance(item, Label))


def markers(picture: Picture) -> list[Box]:
    return [item for item in picture.items if isinstance(item, Box)]


years = st.integers(1, 2100).map("{:04}".format)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.builds("{}-{:02}".format, months, st.integers(1, 28))
points = st.one_of(years, months, days, st.builds("{}~".format, days), st.just("202X"), st.just("-0043"))
spans = st.builds("{}/{}".format, points, points).filter(lambda text: edtf.parse(text) is not None)
open_ends = st.one_of(st.builds("{}/..".format, points), st.builds("../{}".format, points))
words = st.text(st.sampled_from("aeimnrtWƏşĞДж'-–2ქՀ"), min_size=1, max_size=14)
labels = st.one_of(
    st.lists(words, min_size=1, max_size=20).map(" ".join),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=80).filter(str.strip),
)
events = st.builds(
    event,
    st.one_of(days, points, spans, open_ends),
    labels,
    st.sampled_from(["done", "under-way", "announced", "expected", ""]),
)
timelines = st.lists(events, min_size=2, max_size=30).map(tuple)
widths = st.one_of(st.floats(300, 520), st.just(MEASURE))


@given(timelines, widths)
@settings(max_examples=60, deadline=None)
def test_no_text_touches_other_text_or_a_mark(data: tuple[Event, ...], width: float) -> None:
    picture = timeline(data, width)
    extents = [(item, extent(item)) for item in picture.items]
    for (one, first), (other, second) in combinations(extents, 2):
        if isinstance(one, Label) or isinstance(other, Label):
            assert not overlap(first, second), (one, other)


@given(timelines, widths)
@settings(max_examples=60, deadline=None)
def test_everything_lies_within_the_picture(data: tuple[Event, ...], width: float) -> None:
    picture = timeline(data, width)
    assert picture.width == width
    for item in picture.items:
        left, top, right, bottom = extent(item)
        assert -0.01 <= left <= right <= picture.width + 0.01, item
        assert -0.01 <= top <= bottom <= picture.height + 0.01, item


@given(timelines, widths)
@settings(max_examples=60, deadline=None)
def test_every_word_of_every_event_is_there(data: tuple[Event, ...], width: float) -> None:
    shown = "".join(words_of(timeline(data, width)).split())
    for one in data:
        assert "".join(one.label.split()) in shown
        assert "".join(one.shown.split()) in shown


@given(timelines, widths)
@settings(max_examples=60, deadline=None)
def test_events_stand_in_order_of_date(data: tuple[Event, ...], width: float) -> None:
    """The order in which they are given does not matter, and markers follow one another along the line."""
    picture = timeline(data, width)
    boxes = markers(picture)
    assert len(boxes) == len(data)
    for one, other in pairwise(boxes):
        assert one.x + one.width <= other.x or one.y + one.height <= other.y
    parsed = sorted((date for one in data if (date := edtf.parse(one.date))), key=edtf.sort_key)
    shown = "".join(words_of(picture).split())
    at = 0
    for date in parsed:
        at = shown.index("".join(show(date, Words()).split()), at)


@given(timelines)
@settings(max_examples=20, deadline=None)
def test_the_same_events_give_the_same_picture(data: tuple[Event, ...]) -> None:
    assert timeline(data) == timeline(data)


@given(timelines, widths)
@settings(max_examples=30, deadline=None)
def test_text_is_at_least_eight_points(data: tuple[Event, ...], width: float) -> None:
    assert all(item.size >= 8 for item in timeline(data, width).items if isinstance(item, Label))


def test_events_given_out_of_order_are_sorted() -> None:
    assert timeline(PARTNERSHIP) == timeline(tuple(reversed(PARTNERSHIP)))


def test_no_word_is_broken() -> None:
    for width in (300.0, 380.0, MEASURE, 520.0):
        for count in range(2, len(PARTNERSHIP) + 1):
            shown = words_of(timeline(PARTNERSHIP[:count], width)).split()
            for one in PARTNERSHIP[:count]:
                assert all(word in shown for word in f"{one.shown} {one.label}".split())


def test_a_word_wider_than_its_room_is_broken_rather_than_lost() -> None:
    word = "Gesellschaftswissenschaftlich" * 6
    picture = timeline((event("2025", word), event("2026", "short")), 300)
    assert word in "".join(item.text for item in picture.items if isinstance(item, Label))


def test_a_no_break_space_holds_two_words_on_one_line() -> None:
    together = "12\u00a0March"
    for width in range(300, 520, 7):
        picture = timeline(tuple(event("2026", f"x {'y' * n} {together}") for n in range(1, 12)), width)
        assert words_of(picture).count(together) == 11


def test_a_few_events_stand_side_by_side() -> None:
    tops = {round(box.y + box.height / 2, 3) for box in markers(timeline(PARTNERSHIP[:4]))}
    assert len(tops) == 1


def test_many_events_stand_one_below_the_other() -> None:
    lefts = {round(box.x + box.width / 2, 3) for box in markers(timeline(PARTNERSHIP * 2))}
    assert len(lefts) == 1


def test_a_timeline_of_six_events_takes_a_sixth_of_a_page() -> None:
    assert timeline(PARTNERSHIP).height < 130


def test_thirty_events_of_two_lines_fit_a_page() -> None:
    label = "What was said and done on that day, by whom, in which city, and what everyone else had to say of it later"
    data = tuple(event(f"2026-01-{day:02}", label) for day in range(1, 31))
    assert timeline(data).height < 700 - 40


@pytest.mark.parametrize("count", [2, 6])
def test_years_left_out_are_named_beside_a_dotted_line(count: int) -> None:
    data = (event("1994", "one"), event("2026", "two"), *PARTNERSHIP[4:])[:count]
    picture = timeline(data, 453 if count == 2 else 300)
    assert "1995–2025" in words_of(picture)
    assert any(item.dash for item in picture.items if isinstance(item, Line))


def test_a_single_year_left_out_is_named_alone() -> None:
    assert "2025" in words_of(timeline((event("2024", "one"), event("2026", "two")))).split()


def test_neighbouring_years_are_joined_by_an_unbroken_line() -> None:
    picture = timeline((event("2025", "one"), event("2026", "two")))
    assert not any(item.dash for item in picture.items if isinstance(item, Line))
    assert words_of(picture) == "2025 one 2026 two"


def test_years_within_a_long_span_are_not_left_out() -> None:
    picture = timeline((event("1991/2022", "a long time"), event("1994", "one"), event("2023-05-04", "two")))
    assert not any(item.dash for item in picture.items if isinstance(item, Line))


def test_only_a_date_known_to_the_day_is_a_disc() -> None:
    for date, is_disc in {
        "2026-01-22": True, "2026-01-22~": False, "2026-01": False, "2026": False, "2026-01-21/2026-01-22": False,
    }.items():  # fmt: skip
        box = markers(timeline((event(date, "one"), event("2026-12-31", "two"))))[0]
        assert (box.width == box.height == 2 * box.radius) is is_disc, date


@pytest.mark.parametrize(
    ("status", "hollow"),
    [("done", False), ("under-way", False), ("", False), ("announced", True), ("expected", True)],
)
def test_a_hollow_marker_is_still_to_happen(status: str, hollow: bool) -> None:
    for rest in (PARTNERSHIP[:2], PARTNERSHIP):
        box = markers(timeline((event("0900-01-01", "one", status), *rest)))[0]
        assert bool(box.stroke) is hollow
        assert (box.fill != STYLE.colours.accent) is hollow


def slanted(picture: Picture) -> list[Line]:
    """The strokes of arrow heads: nothing else is neither level nor upright."""
    return [item for item in picture.items if isinstance(item, Line) and item.x1 != item.x2 and item.y1 != item.y2]


@pytest.mark.parametrize(("date", "arrows"), [("2026-01-22/..", 1), ("../2020", 1), ("2020/2026", 0)])
def test_an_open_end_has_an_arrow(date: str, arrows: int) -> None:
    closed = (event("2025", "two"), event("2026", "three"))
    for rest in (closed, closed * 5):
        assert len(slanted(timeline((event(date, "one"), *rest)))) == 2 * arrows


def test_colours_are_those_of_the_style() -> None:
    palette = {STYLE.colours.accent, STYLE.colours.text, STYLE.colours.muted, "#FFFFFF", ""}
    for item in timeline(PARTNERSHIP).items:
        used = {item.fill, item.stroke} if isinstance(item, Box) else {item.colour}
        assert used <= palette


def test_no_events_draw_nothing() -> None:
    assert timeline(()).items == ()


def test_one_event_is_a_timeline_too() -> None:
    assert "visits Baku" in words_of(timeline(PARTNERSHIP[4:5]))


def test_arrows_do_not_run_into_the_next_marker_however_dense_the_rows() -> None:
    long = tuple(event("2020", "What was said and done, by whom and where. " * 6) for _ in range(24))
    picture = timeline((*long, *(event("2026/..", "short") for _ in range(6))), 300)
    boxes = markers(picture)
    heads = slanted(picture)
    assert len(heads) == 12
    assert not any(overlap(extent(head), extent(box)) for head in heads for box in boxes)


def test_hollow_markers_are_explained_in_words() -> None:
    """Where a timeline has one, and only there, its reader is told what it means."""
    legend = FIGURES["timeline"].legend
    assert legend(PARTNERSHIP, Words()) == "Hollow markers: announced or expected."
    assert legend(PARTNERSHIP[1:3], Words()) == ""
    assert FIGURES["bars"].legend((Bar("a", "1", "1"),), Words()) == ""


# Bars

amounts = st.one_of(
    st.integers(-10_000, 10_000).map(str),
    st.decimals(-1000, 1000, places=3, allow_nan=False).map("{:f}".format),
    st.sampled_from(["0", "0.0", "+600", "1" + "0" * 30, "0.000000001", "-0"]),
)
bar_lists = st.lists(st.builds(Bar, labels, amounts, labels), min_size=1, max_size=15).map(tuple)
EXPORTS = (
    Bar("Gas to Europe, 2021", "8.2", "8.2 billion cubic metres"),
    Bar("2022", "11.4", "11.4 billion cubic metres"),
    Bar("2027, as planned", "20", "at least 20 billion cubic metres a year"),
)


def bars(data: tuple[Bar, ...], width: float = MEASURE) -> Picture:
    return FIGURES["bars"](data, STYLE, width)


def lengths(picture: Picture) -> list[float]:
    return [box.width for box in markers(picture)]


@given(bar_lists, widths)
@settings(max_examples=80, deadline=None)
def test_nothing_in_a_bar_chart_collides_or_falls_off(data: tuple[Bar, ...], width: float) -> None:
    picture = bars(data, width)
    assert picture.width == width
    extents = [(item, extent(item)) for item in picture.items]
    for item, (left, top, right, bottom) in extents:
        assert -0.01 <= left <= right <= width + 0.01, item
        assert -0.01 <= top <= bottom <= picture.height + 0.01, item
    for (one, first), (other, second) in combinations(extents, 2):
        if isinstance(one, Label) or isinstance(other, Label):
            assert not overlap(first, second), (one, other)


@given(bar_lists, widths)
@settings(max_examples=60, deadline=None)
def test_bars_are_as_long_as_their_amounts_from_nought_on(data: tuple[Bar, ...], width: float) -> None:
    """One scale for all, that begins at nought: twice the amount is twice the length; below nought goes left."""
    picture = bars(data, width)
    (axis,) = (item for item in picture.items if isinstance(item, Line))
    drawn = [each for each in data if float(each.amount)]
    boxes = markers(picture)
    scale = max(map(abs, (float(each.amount) for each in drawn)), default=1.0)
    longest = max((box.width for box in boxes), default=0.0)
    assert len(boxes) <= len(drawn)
    for box in boxes:
        assert box.x == pytest.approx(axis.x1) or box.x + box.width == pytest.approx(axis.x1)
    if len(boxes) == len(drawn):
        for box, each in zip(boxes, drawn, strict=True):
            assert box.width == pytest.approx(abs(float(each.amount)) / scale * longest, abs=1e-6)
            assert (box.x < axis.x1 - box.width / 2) == (float(each.amount) < 0)


@given(bar_lists, widths)
@settings(max_examples=40, deadline=None)
def test_every_word_of_every_bar_is_there_in_order(data: tuple[Bar, ...], width: float) -> None:
    shown = "".join(words_of(bars(data, width)).split())
    at = 0
    for each in data:
        wanted = "".join(f"{each.label}{each.shown}".split())
        at = shown.index(wanted, at) + len(wanted)


def test_the_longest_bar_fills_the_width() -> None:
    """No room is wasted: the longest bar and its amount reach the right edge."""
    picture = bars(EXPORTS)
    assert max(extent(item)[2] for item in picture.items) == pytest.approx(MEASURE, abs=0.5)
    assert max(lengths(picture)) > MEASURE / 3


def test_bars_leave_room_for_bars_whatever_their_words() -> None:
    """Long labels and long amounts on both sides still leave some points for the bars."""
    words = "as the ministry of finance itself counts them, and no other"
    data = (Bar(words, "5", words), Bar(words, "-5", words))
    assert min(lengths(bars(data, 300))) > 10


def test_nought_has_no_bar_and_says_so() -> None:
    picture = bars((Bar("Nothing", "0", "0 per cent"), Bar("Some", "2", "2 per cent")))
    assert len(markers(picture)) == 1
    assert "0 per cent" in words_of(picture)


def test_an_amount_that_is_no_number_has_words_alone() -> None:
    assert words_of(bars((Bar("Some", "many", "many tonnes"),))) == "Some many tonnes"


def test_no_bars_draw_nothing() -> None:
    assert bars(()).items == ()


def test_a_kind_of_figure_leaves_out_what_is_not_its_own() -> None:
    assert FIGURES["bars"](PARTNERSHIP, STYLE, MEASURE).items == ()
    assert FIGURES["timeline"](EXPORTS, STYLE, MEASURE).items == ()


def test_a_bar_chart_survives_json() -> None:
    """The document that a file carries holds its bars; a figure of bars and events mixed is no document's."""
    metadata = Metadata("Subject", "Subject", "A", "B", "2026-02-02", "2 February 2026")
    document = Document(metadata, (Figure("bars", EXPORTS, "Exports."),))
    assert from_json(to_json(document)) == document
    mixed = replace(document, blocks=(Figure("bars", (*EXPORTS, PARTNERSHIP[0]), "Mixed."),))  # type: ignore[arg-type]
    with pytest.raises(NotADocument):
        from_json(to_json(mixed))


def test_a_bar_chart_of_fifteen_takes_less_than_half_a_page() -> None:
    assert bars(tuple(Bar(f"Item {number}", str(number), f"{number} units") for number in range(15))).height < 300
