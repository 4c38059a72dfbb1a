"""Pictures as SVG and as PNG: two renditions of one drawing, which agree and are whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from memo import fonts
from memo.facts.style import Style
from memo.figures import FIGURES
from memo.figures.picture import Anchor, Box, Label, Line, Picture
from memo.fonts import Face
from memo.renderers.docx.pictures import DPI, paint_png, paint_svg
from tests.test_figures import PARTNERSHIP, timelines

SVG = "{http://www.w3.org/2000/svg}"
TIMELINE = FIGURES["timeline"](PARTNERSHIP, Style(), 453.5)
POINT = DPI / 72


def parsed(picture: Picture) -> etree._Element:
    return etree.fromstring(paint_svg(picture))


def painted(picture: Picture) -> Image.Image:
    return Image.open(BytesIO(paint_png(picture))).convert("RGB")


def at(image: Image.Image, x: float, y: float) -> object:
    """The colour at a place in points."""
    return image.getpixel((int(x * POINT), int(y * POINT)))


def inked(image: Image.Image, left: float, top: float, right: float, bottom: float) -> tuple[float, ...] | None:
    """The extent in points of what is not white within a part of the picture, measured from the picture's corner."""
    corner = (int(left * POINT), int(top * POINT))
    part = image.crop((*corner, int(right * POINT), int(bottom * POINT))).convert("L").point(lambda p: 255 * (p < 200))
    box = part.getbbox()
    return box and tuple((edge + corner[number % 2]) / POINT for number, edge in enumerate(box))


def test_svg_text_is_the_text_of_the_picture_in_order() -> None:
    texts = ["".join(node.itertext()) for node in parsed(TIMELINE).iter(f"{SVG}text")]
    assert texts == [item.text for item in TIMELINE.items if isinstance(item, Label)]


def test_svg_is_sized_in_points_and_drawn_in_them() -> None:
    root = parsed(TIMELINE)
    assert root.get("width") == "453.5pt"
    assert root.get("viewBox") == f"0 0 453.5 {TIMELINE.height:.2f}".rstrip("0")
    assert root.get("font-family", "").startswith("Carlito, Calibri")


def test_svg_has_nothing_but_shapes_and_text() -> None:
    names = {node.tag for node in parsed(TIMELINE).iter()}
    assert names == {f"{SVG}{name}" for name in ("svg", "line", "rect", "text")}


@given(st.text(st.characters(codec=None)), st.sampled_from(sorted(fonts.FACES)))
def test_any_text_makes_well_formed_svg(text: str, face: Face) -> None:
    root = parsed(Picture(100, 20, (Label(0, 10, text, 9, "#000000", face),)))
    (label,) = root.iter(f"{SVG}text")
    invisible = fonts.INVISIBLE | {chr(code) for code in range(32)} | {"\ufffe", "\uffff"}
    kept = [char for char in text if char not in invisible and not "\ud800" <= char <= "\udfff"]
    assert (label.text or "") == "".join(kept)


def test_svg_escapes_markup() -> None:
    assert b"AT&amp;T &lt;b&gt; ]]&gt;" in paint_svg(Picture(90, 20, (Label(0, 9, "AT&T <b> ]]>", 9, "#000000"),)))


def test_svg_says_how_long_text_is() -> None:
    (label,) = parsed(Picture(90, 20, (Label(0, 9, "Həmişə", 9, "#000000", "bold"),))).iter(f"{SVG}text")
    assert float(label.get("textLength", "0")) == pytest.approx(fonts.width("Həmişə", "bold", 9), abs=0.01)


def test_svg_numbers_are_short_and_plain() -> None:
    picture = Picture(10, 10, (Line(-0.001, 1e-7, 1 / 3, 2.5, "#000000", 1, (2, 1.25)),))
    assert b'<line x1="0" y1="0" x2="0.33" y2="2.5" stroke="#000000" stroke-width="1" stroke-dasharray="2 1.25"/>' in (
        paint_svg(picture)
    )


def test_png_has_the_shape_of_the_picture_and_says_its_resolution() -> None:
    image = Image.open(BytesIO(paint_png(TIMELINE)))
    assert image.size == (round(TIMELINE.width * POINT), round(TIMELINE.height * POINT))
    assert image.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)


def test_png_of_a_timeline_is_small() -> None:
    assert len(paint_png(TIMELINE)) < 40_000


def test_both_renditions_are_the_same_bytes_twice() -> None:
    assert paint_svg(TIMELINE) == paint_svg(TIMELINE)
    assert paint_png(TIMELINE) == paint_png(TIMELINE)


def test_paper_is_white_and_ink_is_of_the_colour_asked_for() -> None:
    image = painted(Picture(100, 40, (Box(10, 10, 30, 20, "#1F3864"), Box(50, 10, 30, 20, "#EEF2F8", "#55606E", 2))))
    assert at(image, 3, 3) == (255, 255, 255)
    assert at(image, 25, 20) == (0x1F, 0x38, 0x64)
    assert at(image, 65, 20) == (0xEE, 0xF2, 0xF8)
    assert at(image, 50, 20) == (0x55, 0x60, 0x6E)


def test_a_box_is_where_it_should_be_and_its_corners_are_round() -> None:
    image = painted(Picture(100, 40, (Box(10, 10, 30, 20, "#000000", radius=10),)))
    assert inked(image, 0, 0, 100, 40) == pytest.approx((10, 10, 40, 30), abs=0.4)
    assert at(image, 11, 11) == (255, 255, 255)
    assert at(image, 20, 20) == (0, 0, 0)


def test_a_stroke_lies_half_outside_its_box() -> None:
    image = painted(Picture(100, 40, (Box(10, 10, 30, 20, stroke="#000000", stroke_width=4),)))
    assert inked(image, 0, 0, 100, 40) == pytest.approx((8, 8, 42, 32), abs=0.4)
    assert at(image, 25, 20) == (255, 255, 255)


@pytest.mark.parametrize("line", [(10, 20, 60, 20), (60, 20, 10, 20)])
def test_a_line_is_as_long_and_as_thick_as_asked(line: tuple[float, float, float, float]) -> None:
    image = painted(Picture(100, 40, (Line(*line, "#000000", 6),)))
    assert inked(image, 0, 0, 100, 40) == pytest.approx((10, 17, 60, 23), abs=0.4)


def test_a_slanted_line_joins_its_ends() -> None:
    image = painted(Picture(40, 40, (Line(5, 5, 35, 35, "#000000", 2),)))
    assert at(image, 20, 20) == at(image, 10, 10) == (0, 0, 0)
    assert at(image, 30, 10) == (255, 255, 255)


def test_dashes_leave_gaps() -> None:
    image = painted(Picture(100, 10, (Line(0, 5, 100, 5, "#000000", 4, (10, 20)),)))
    assert [at(image, x, 5) == (0, 0, 0) for x in (5, 20, 35, 50, 65, 80)] == [True, False] * 3


@pytest.mark.parametrize(("anchor", "left"), [("start", 100), ("middle", 100 - 31.6), ("end", 100 - 63.2)])
def test_text_stands_on_its_baseline_at_its_anchor(anchor: Anchor, left: float) -> None:
    text = "HHHHHHHHHH"
    long = fonts.width(text, "regular", 10)
    image = painted(Picture(200, 30, (Label(100, 20, text, 10, "#000000", anchor=anchor),)))
    box = inked(image, 0, 0, 200, 30)
    assert box is not None
    assert box[3] == pytest.approx(20, abs=0.4)
    assert box[1] == pytest.approx(20 - 6.42, abs=0.5)
    assert left == pytest.approx(100 - {"start": 0, "middle": long / 2, "end": long}[anchor], abs=1)
    assert left <= box[0] < left + 2
    assert box[2] == pytest.approx(left + long, abs=1.2)


def test_a_long_line_of_text_ends_where_it_was_measured() -> None:
    text = "NATO says that it is ready to finalise an Individually Tailored Partnership Programme with Azerbaijan"
    for face in ("regular", "bold", "italic"):
        long = fonts.width(text, face, 8.5)
        image = painted(Picture(460, 20, (Label(0, 12, text, 8.5, "#000000", face),)))
        box = inked(image, 0, 0, 460, 20)
        assert box is not None
        assert box[2] == pytest.approx(long, abs=1.0)


@pytest.mark.parametrize("text", ["Հայաստան", "საქართველო", "₼", "Əli", "Жизнь"])
def test_every_script_has_ink(text: str) -> None:
    image = painted(Picture(100, 20, (Label(0, 14, text, 10, "#000000"),)))
    other = painted(Picture(100, 20, (Label(0, 14, "\u2713" * len(text), 10, "#000000"),)))
    assert inked(image, 0, 0, 100, 20)
    assert image.tobytes() != other.tobytes()


@given(timelines, st.floats(300, 520))
@settings(max_examples=10, deadline=None)
def test_wherever_the_picture_has_a_label_the_png_has_ink(data, width) -> None:  # type: ignore[no-untyped-def]
    picture = FIGURES["timeline"](data, Style(), width)
    image = painted(picture)
    for item in picture.items:
        if isinstance(item, Label) and item.anchor == "start" and any(char.isalnum() for char in item.text):
            long = fonts.width(item.text, item.face, item.size)
            assert inked(image, item.x, item.y - item.size * 0.8, item.x + long + 1, item.y + 1), item


def test_both_renditions_agree() -> None:
    """Painted by another hand (resvg), the SVG looks like the PNG: no patch of it differs much."""
    resvg = pytest.importorskip("resvg_py", reason="needs resvg-py")
    text = paint_svg(TIMELINE).decode().split("?>", 1)[1]
    folder = str(fonts.font_file("Carlito-Regular").parent)
    data = resvg.svg_to_bytes(svg_string=text, dpi=DPI, font_dirs=[folder], skip_system_fonts=True, background="white")
    other = Image.open(BytesIO(bytes(data))).convert("L")
    image = painted(TIMELINE).convert("L")
    assert other.size == image.size
    coarse = (image.width // 24, image.height // 24)
    one, two = (whole.resize(coarse, Image.Resampling.BOX).tobytes() for whole in (image, other))
    assert max(abs(a - b) for a, b in zip(one, two, strict=True)) < 60


def test_an_empty_picture_is_still_a_file() -> None:
    assert painted(Picture(10, 0, ())).size == (28, 1)
    assert parsed(Picture(10, 0, ())).get("height") == "0pt"
