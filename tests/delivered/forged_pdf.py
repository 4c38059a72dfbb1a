"""PDFs of `tests.documents.kitchen_sink` as a forger leaves them, and as an honest program saves them again.

Each of `FORGED` shows a reader something else than the file as made; each of `HONEST` shows the same. A forgery is a
function of the file's bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Pdf, String

from tests.delivered.altered import edited_pdf

Forgery = Callable[[bytes], bytes]
WHERE = (100, 560, 220, 580)
"""A place on the first page, in points from its lower left corner, where words stand."""


def edited(edit: Callable[[Pdf], None]) -> Forgery:
    """Turn a change of an open PDF into one of its bytes."""

    def forgery(data: bytes) -> bytes:
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            edit(pdf)
            pdf.save(buffer)
        return buffer.getvalue()

    return forgery


def drawn(content: str, **resources: object) -> Forgery:
    """Draw more on the first page, after all that it has."""

    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0]
        for kind, held in resources.items():
            page.Resources[f"/{kind}"] = Dictionary({**dict(page.Resources.get(f"/{kind}", {})), **{f"/{name}": value(pdf) for name, value in held.items()}})  # type: ignore[attr-defined]
        page.contents_add(f"\nq {content} Q\n".encode())

    return edited(edit)


def _helvetica(pdf: Pdf) -> object:
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))


def _form(words: str, **more: object) -> Callable[[Pdf], object]:
    def made(pdf: Pdf) -> object:
        fonts = Dictionary(Font=Dictionary(F9=_helvetica(pdf)))
        return pdf.make_stream(_WORDS.format(words).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 120, 20], Resources=fonts, **more)

    return made


_WORDS = "1 1 1 rg 0 0 120 20 re f BT /F9 11 Tf 0 g 1 0 0 1 2 5 Tm ({}) Tj ET"


def _pattern(pdf: Pdf) -> object:
    fonts = Dictionary(Font=Dictionary(F9=_helvetica(pdf)))
    return pdf.make_stream(
        _WORDS.format("Not so").encode(), Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 600, 900],
        XStep=600, YStep=900, Resources=fonts, Matrix=[1, 0, 0, 1, *WHERE[:2]],
    )  # fmt: skip


def _shading(pdf: Pdf) -> object:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[1, 1, 1], N=1)
    return pdf.make_indirect(Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 0], Function=function, Extend=[True, True]))


def _image(pdf: Pdf) -> object:
    return pdf.make_stream(b"\xff" * 300, Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10, ColorSpace=Name.DeviceRGB, BitsPerComponent=8)


def _type_3(pdf: Pdf) -> object:
    square = pdf.make_stream(b"1000 0 0 0 1000 1000 d1 0 0 1000 1000 re f")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=65,
            Widths=[1000], CharProcs=Dictionary(sq=square), Encoding=Dictionary(Differences=[65, Name.sq]), Resources=Dictionary(),
        )
    )  # fmt: skip


def _annotation(subtype: str, appearance: bool = True, **more: object) -> Forgery:
    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0]
        one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[*WHERE], F=4, **more)
        if appearance:
            one.AP = Dictionary(N=_form("Not so")(pdf))
        page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(one)])

    return edited(edit)


def _each_text(insert: str, *operands: object) -> Forgery:
    """Put an operator at the start of every text object of the first page."""

    def edit(pdf: Pdf) -> None:
        page, parts = pdf.pages[0], []
        for given, operator in pikepdf.parse_content_stream(page):
            parts.append((given, operator))
            if str(operator) == "BT":
                parts.append((list(operands), Operator(insert)))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parts))

    return edited(edit)


def _without(operators: set[str], nth: int) -> Forgery:
    """Leave out the nth of these operators on the first page."""

    def edit(pdf: Pdf) -> None:
        page, parts, met = pdf.pages[0], [], 0
        for given, operator in pikepdf.parse_content_stream(page):
            met += str(operator) in operators
            if not (str(operator) in operators and met == nth):
                parts.append((given, operator))
        assert met >= nth
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parts))

    return edited(edit)


def _replaced(old: str, change: Callable[[list[object]], list[object]], nth: int = 1) -> Forgery:
    def edit(pdf: Pdf) -> None:
        page, parts, met = pdf.pages[0], [], 0
        for given, operator in pikepdf.parse_content_stream(page):
            if str(operator) == old:
                met += 1
                given = change(list(given)) if met == nth else given
            parts.append((given, operator))
        assert met >= nth, f"no {old} on the page"
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parts))

    return edited(edit)


def _layer(off: bool = True, view: bool = False) -> Forgery:
    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0]
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
        if view:
            group.Usage = Dictionary(View=Dictionary(ViewState=Name.OFF))
        held = Dictionary(OFF=Array([group])) if off else Dictionary(AS=Array([Dictionary(Event=Name.View, OCGs=[group], Category=[Name.View])]))
        pdf.Root.OCProperties = Dictionary(OCGs=[group], D=held)
        page.Resources.Properties = Dictionary({**dict(page.Resources.get("/Properties", {})), "/L9": group})
        page.contents_add(b"/OC /L9 BDC\n", prepend=True)
        page.contents_add(b"\nEMC\n")

    return edited(edit)


def _box(name: str, bottom: float, top: float = 1.0) -> Forgery:
    def edit(pdf: Pdf) -> None:
        page = pdf.pages[0]
        left, low, right, high = (float(side) for side in page.MediaBox)
        page[f"/{name}"] = Array([left, low + (high - low) * bottom, right, low + (high - low) * top])

    return edited(edit)


def _link(pdf: Pdf) -> None:
    met = 0
    for page in pdf.pages:
        for one in page.get("/Annots", []):
            if "/A" in one and "/URI" in one.A:
                one.A.URI, met = String("https://example.net/"), met + 1
    assert met, "no link to the web"


def _link_within(pdf: Pdf) -> None:
    met = 0
    for page in pdf.pages:
        for one in page.get("/Annots", []):
            if "/Dest" in one or ("/A" in one and one.A.get("/S") == Name.GoTo):
                one.Dest, met = Array([pdf.pages[-1].obj, Name.Fit]), met + 1
                if "/A" in one:
                    del one["/A"]
    assert met, "no link within the file"


def _swap_pages(pdf: Pdf) -> None:
    assert len(pdf.pages) > 1
    pages = list(pdf.pages)
    pdf.pages[0], pdf.pages[1] = pages[1], pages[0]


def _glyphs(pdf: Pdf) -> None:
    """Show other letters for the same codes: the widths and the text for searches stay."""
    for font in pdf.pages[0].Resources.Font.values():
        if "/DescendantFonts" in font:
            font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(b"".join(((gid ^ 1) or 1).to_bytes(2, "big") for gid in range(4096)))
        elif "/FontDescriptor" in font and "/FontFile2" in font.FontDescriptor:
            font.Subtype = Name.Type1
            del font.FontDescriptor["/FontFile2"]
            font.BaseFont = Name.ZapfDingbats


def _to_unicode(pdf: Pdf) -> None:
    """Have searches and screen readers find other words than stand there."""
    met = 0
    for font in pdf.pages[0].Resources.Font.values():
        if "/ToUnicode" in font:
            text = bytes(font.ToUnicode.read_bytes())
            font.ToUnicode = pdf.make_stream(text.replace(b"<0061>", b"<0065>").replace(b"<006E>", b"<006D>"))
            met += 1
    assert met


def _actual_text(pdf: Pdf) -> None:
    """Have a screen reader say something else than the page shows."""
    kids = pdf.Root.StructTreeRoot.K
    top = kids[0] if isinstance(kids, Array) else kids
    top.ActualText = String("All of it was signed.")


def _marked_otherwise(pdf: Pdf) -> None:
    page = pdf.pages[0]
    page.contents_add(b"/Span <</ActualText (All of it was signed.)>> BDC\n", prepend=True)
    page.contents_add(b"\nEMC\n")


def _script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('Withdrawn')"))


def _page_script(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert('Withdrawn')")))


def _attachment(pdf: Pdf) -> None:
    pdf.attachments["annex.txt"] = b"All of it was signed."


def _field(pdf: Pdf) -> None:
    page = pdf.pages[0]
    one = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("x"), V=String("Not so"), Rect=[*WHERE], F=4, DA=String("/Helv 11 Tf 0 g"), AP=Dictionary(N=_form("Not so")(pdf)))
    )
    page.Annots = Array([*page.get("/Annots", []), one])
    pdf.Root.AcroForm = Dictionary(Fields=[one], NeedAppearances=True)


def _more_pages(pdf: Pdf) -> None:
    pdf.add_blank_page()
    page = pdf.pages[-1]
    page.Resources = Dictionary(Font=Dictionary(F9=_helvetica(pdf)))
    page.Contents = pdf.make_stream(b"BT /F9 12 Tf 72 700 Td (An addendum.) Tj ET")


def _one_page_less(pdf: Pdf) -> None:
    del pdf.pages[-1]


def _turned(pdf: Pdf) -> None:
    pdf.pages[0].Rotate = 180


def _unit(pdf: Pdf) -> None:
    pdf.pages[0].UserUnit = 0.1


FORGED: dict[str, Forgery] = {
    "a number in the text": lambda d: edited_pdf(d, "2026", "2025"),
    "a white box": drawn("1 1 1 rg 70 560 200 16 re f"),
    "a thin white box over a word": drawn("1 1 1 rg 100 566 30 9 re f"),
    "a black box": drawn("0 0 0 rg 70 560 200 16 re f"),
    "a line struck through": drawn("0 0 0 RG 1 w 72 568 m 300 568 l S"),
    "a white path of curves": drawn("1 1 1 rg 70 550 m 70 600 300 600 300 550 c f"),
    "a white stroke": drawn("1 1 1 RG 18 w 70 568 m 270 568 l S"),
    "a white box in grey": drawn("1 g 70 560 200 16 re f"),
    "a white box in CMYK": drawn("0 0 0 0 k 70 560 200 16 re f"),
    "words drawn over": drawn(f"1 1 1 rg 100 560 120 20 re f BT /F9 11 Tf 0 g 1 0 0 1 102 565 Tm (Not so) Tj ET", Font={"F9": _helvetica}),
    "a stamp": drawn("BT /F9 24 Tf 1 0 0 rg 1 0 0 1 120 400 Tm (WITHDRAWN) Tj ET", Font={"F9": _helvetica}),
    "a form": drawn("1 0 0 1 100 560 cm /X9 Do", XObject={"X9": _form("Not so")}),
    "a group that is see-through": drawn("1 0 0 1 100 560 cm /X9 Do", XObject={"X9": _form("Not so", Group=Dictionary(S=Name.Transparency))}),
    "a form in a form": drawn("1 0 0 1 100 560 cm /X9 Do", XObject={"X9": lambda pdf: pdf.make_stream(b"/X8 Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 120, 20], Resources=Dictionary(XObject=Dictionary(X8=_form("Not so")(pdf))))}),
    "a picture": drawn("120 0 0 20 100 560 cm /I9 Do", XObject={"I9": _image}),
    "an inline image": drawn("120 0 0 20 100 560 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI"),
    "a pattern": drawn("/Pattern cs /P9 scn 100 560 120 20 re f", Pattern={"P9": _pattern}),
    "a shading": drawn("100 560 120 20 re W n /S9 sh", Shading={"S9": _shading}),
    "signs of a drawn font": drawn("BT /T9 20 Tf 1 1 1 rg 1 0 0 1 100 560 Tm (AAAAAA) Tj ET", Font={"T9": _type_3}),
    "text that is white": drawn("BT /F9 40 Tf 1 1 1 rg 1 0 0 1 100 555 Tm (MMMM) Tj ET", Font={"F9": _helvetica}),
    "text that clips": _each_text("Tr", 7),
    "text that is not drawn": _each_text("Tr", 3),
    "text of one point": _each_text("Tz", 5),
    "text raised out of its line": _each_text("Ts", 300),
    "text spaced wide": _each_text("Tw", 40),
    "a word left out": _without({"TJ", "Tj"}, 4),
    "a picture's lines left out": _without({"S", "f"}, 1),
    "a layer that is off": _layer(),
    "a layer that no view shows": _layer(off=False, view=True),
    "a page cropped": _box("CropBox", 0.75),
    "a page cut": _box("MediaBox", 0.75),
    "a page cropped at its foot": _box("CropBox", 0.12),
    "a page turned over": edited(_turned),
    "a page made small": edited(_unit),
    "pages in another order": edited(_swap_pages),
    "a page more": edited(_more_pages),
    "a page less": edited(_one_page_less),
    "other glyphs": edited(_glyphs),
    "other words for searches": edited(_to_unicode),
    "other words for who listens": edited(_actual_text),
    "other words marked on the page": edited(_marked_otherwise),
    "a link that prints words": _annotation("Link"),
    "a pop-up that prints words": _annotation("Popup"),
    "ink": _annotation("Ink", InkList=[[100, 570, 220, 570]]),
    "a redaction": _annotation("Redact"),
    "a free text": _annotation("FreeText", Contents=String("Not so"), DA=String("/Helv 11 Tf 0 g")),
    "a rubber stamp": _annotation("Stamp", Contents=String("Withdrawn")),
    "a highlight that prints words": _annotation("Highlight", QuadPoints=[100, 580, 220, 580, 100, 560, 220, 560]),
    "a square without a look of its own": _annotation("Square", appearance=False, IC=[1, 1, 1], C=[1, 1, 1]),
    "a watermark": _annotation("Watermark"),
    "the field of a form": edited(_field),
    "a script": edited(_script),
    "a script of a page": edited(_page_script),
    "an attachment": edited(_attachment),
    "a link that leads elsewhere": edited(_link),
    "a link to another place": edited(_link_within),
}


def _saved(**options: object) -> Forgery:
    def forgery(data: bytes) -> bytes:
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(buffer, **options)  # type: ignore[arg-type]
        return buffer.getvalue()

    return forgery


def _titled(pdf: Pdf) -> None:
    pdf.docinfo["/Producer"] = String("Another program")
    pdf.docinfo["/ModDate"] = String("D:20310401120000Z")


def _opened_at(pdf: Pdf) -> None:
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def _one_stream(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.contents_coalesce()


def _numbered(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D)])


HONEST: dict[str, Forgery] = {
    "as made": lambda d: d,
    "saved again": _saved(),
    "in order for the web": _saved(linearize=True),
    "objects in streams": _saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "objects apart": _saved(object_stream_mode=pikepdf.ObjectStreamMode.disable),
    "streams not packed": _saved(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized),
    "streams packed again": _saved(recompress_flate=True),
    "in the form that qpdf has for people": _saved(qdf=True),
    "another version": _saved(min_version="2.0"),
    "the producer's name": edited(_titled),
    "how it opens": edited(_opened_at),
    "content streams joined": edited(_one_stream),
    "labels of pages": edited(_numbered),
    "bytes after its end": lambda d: d + b"\n\n",
    "an update that changes nothing": lambda d: d + b"",
}
