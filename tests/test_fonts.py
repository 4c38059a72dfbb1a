"""The fonts that come with memo: what they cover, how wide text is, and that the tables tell the truth."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from memo import fonts
from memo.fonts import Face

NAMES = sorted({name for chain in fonts.FACES.values() for name in chain})
faces = st.sampled_from(sorted(fonts.FACES))
some_text = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aZ ə₼Հსё\u00a0\u00ad\u200d\u0301\u0307中✓–"),
    ),
    max_size=40,
)

SCRIPTS = {
    "Azerbaijani": "AaBbCcÇçDdEeƏəFfGgĞğHhXxIıİiJjKkQqLlMmNnOoÖöPpRrSsŞşTtUuÜüVvYyZz ₼",
    "Turkish": "ÇçĞğIıİiÖöŞşÜüÂâÎîÛû ₺",
    "Russian": "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя № ₽",
    "Ukrainian": "ҐґЄєІіЇї",
    "Greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψω άέήίόύώ",
    "Armenian": "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև ։՞՛՜ ֏",
    "Georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ ₾",
    "French": "ÀàÂâÆæÇçÉéÈèÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ «» € \u202f",
    "punctuation": "–—‘’“”„…•·†‡§¶°±×÷≈≤≥−→←½′″\u2011\u2009\u00a0",
    "decomposed accents": "e\u0301c\u0327o\u0308g\u0306I\u0307",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_memo_may_use(script: str) -> None:
    assert fonts.missing(SCRIPTS[script]) == []


def test_missing_names_each_character_once_in_order() -> None:
    assert fonts.missing("✓ 中 a ✓ \u00ad\u200d\n") == ["✓", "中"]


def test_every_face_has_the_same_characters() -> None:
    covered = [{code for name in chain for code in fonts.advances(name)} for chain in fonts.FACES.values()]
    assert all(codes == covered[0] for codes in covered)


def test_a_foreign_name_is_cut_out_and_its_space_stays_with_it() -> None:
    assert fonts.split_by_font("In Երևան today, 5 ₼.", "bold") == [
        ("Carlito-Bold", "In "),
        ("NotoSansArmenian-Bold", "Երևան "),
        ("Carlito-Bold", "today, 5 "),
        ("NotoSans-Bold", "₼"),
        ("Carlito-Bold", "."),
    ]


def test_an_accent_keeps_to_its_letter() -> None:
    pieces = fonts.split_by_font("cafe\u0301s", "regular")
    assert [piece for _, piece in pieces] == ["caf", "e\u0301", "s"]


def test_a_fallback_has_no_italic_and_stands_upright() -> None:
    assert fonts.split_by_font("ქ", "italic") == [("NotoSansGeorgian-Regular", "ქ")]
    assert fonts.split_by_font("ქ", "bold-italic") == [("NotoSansGeorgian-Bold", "ქ")]


def test_what_no_font_has_goes_to_the_first() -> None:
    assert fonts.split_by_font("a✓b", "regular") == [("Carlito-Regular", "a✓b")]


@given(some_text, faces)
@example("\u0301a", "regular")
@example("", "regular")
def test_the_pieces_joined_are_the_text(text: str, face: Face) -> None:
    pieces = fonts.split_by_font(text, face)
    assert "".join(piece for _, piece in pieces) == text
    assert all(piece for _, piece in pieces)
    assert all(one != other for (one, _), (other, _) in pairwise(pieces))


@given(some_text, faces)
def test_a_piece_is_set_in_a_font_that_has_it(text: str, face: Face) -> None:
    lacking = set(fonts.missing(text))
    for font, piece in fonts.split_by_font(text, face):
        assert {ord(char) for char in fonts.visible(piece) if char not in lacking} <= fonts.advances(font).keys()


@given(some_text, faces)
def test_width_is_the_sum_of_the_pieces(text: str, face: Face) -> None:
    whole = fonts.width(text, face, 10)
    assert whole == pytest.approx(sum(fonts.width(piece, face, 10) for _, piece in fonts.split_by_font(text, face)))
    assert fonts.width(text, face, 20) == pytest.approx(2 * whole)
    assert whole == pytest.approx(fonts.width(fonts.visible(text), face, 10))


def test_steering_characters_have_no_width() -> None:
    assert fonts.width("co\u00adop\u200ber\u2060ate", "regular", 10) == fonts.width("cooperate", "regular", 10)


def test_a_no_break_space_is_as_wide_as_a_space() -> None:
    assert fonts.width("\u00a0", "regular", 10) == fonts.width(" ", "regular", 10) > 0


def test_carlito_has_the_widths_of_calibri() -> None:
    """Calibri's advances per 2048 units: n is 1076, zero 1038, space 463."""
    table = fonts.advances("Carlito-Regular")
    assert (table[ord("n")], table[ord("0")], table[ord(" ")]) == (525, 507, 226)


def test_a_capital_t_tucks_in_a_small_o() -> None:
    assert fonts.kerning("Carlito-Regular")[ord("T")][ord("o")] < -40


def test_metrics_are_those_of_a_text_face() -> None:
    carlito = fonts.metrics("Carlito-Regular")
    assert carlito.descent < 0 < carlito.x_height < carlito.cap_height < carlito.ascent < 1000


@pytest.mark.parametrize("name", NAMES)
def test_every_font_is_truetype_free_to_embed_and_has_its_licence(name: str) -> None:
    """OS/2 fsType 0 is installable embedding (OpenType 1.9); PDF/A embeds it (ISO 19005-3, 6.2.11.4)."""
    tools = pytest.importorskip("fontTools.ttLib", reason="needs fontTools")
    font = tools.TTFont(fonts.font_file(name))
    assert "glyf" in font
    assert font["OS/2"].fsType == 0
    licence = fonts.font_file(name).with_name(f"OFL-{name.split('-')[0]}.txt").read_text("ascii")
    assert "SIL Open Font License, Version 1.1" in licence


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_are_those_of_the_font(name: str) -> None:
    tools = pytest.importorskip("fontTools.ttLib", reason="needs fontTools")
    from memo.fonts import make_tables

    font = tools.TTFont(fonts.font_file(name))
    assert fonts.advances(name) == make_tables.advances(font)
    assert fonts.metrics(name) == fonts.Metrics(**make_tables.metrics(font))
    if name.startswith("Carlito"):
        kept = {(chr(one), chr(other)): by for one, row in fonts.kerning(name).items() for other, by in row.items()}
        assert kept == make_tables.kerning(font)
    else:
        assert not fonts.kerning(name)


def test_the_digests_are_those_of_the_fonts() -> None:
    """A build notices a changed font by them, and reads no font for it."""
    from memo.fonts import make_tables

    assert json.loads((make_tables.FOLDER / "digests.json").read_text("utf-8")) == make_tables.digests()
