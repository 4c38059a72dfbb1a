"""Issued files as somebody altered them by hand: a number, a word, a note, a footer, what is carried inside."""

from __future__ import annotations

import io

import pikepdf

from tests.delivered.files import changed
from tests.pdf.reading import _meanings


def edited_pdf(data: bytes, old: str, new: str) -> bytes:
    """A PDF in which some letters of one page's text were replaced by as many others that the page's fonts have."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert any(_edit_page(pdf, page, old, new) for page in pdf.pages), f"no text {old!r} in one piece"
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def _edit_page(pdf: pikepdf.Pdf, page: pikepdf.Page, old: str, new: str) -> bool:
    fonts = {name: _meanings(font) for name, font in page.Resources.Font.items()}
    instructions, done, font = [], False, {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        if str(operator) == "TJ" and not done:
            codes = {meaning: code for code, meaning in font.items()}
            shown = "".join(_decoded(each, font) for each in operands[0])
            if old in shown and set(new) <= codes.keys():
                done = True
                text = shown.replace(old, new, 1)
                operands = [pikepdf.Array([pikepdf.String(bytes(codes[letter] for letter in text))])]
        instructions.append((operands, operator))
    if done:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return done


def _decoded(shown: object, font: dict[int, str]) -> str:
    return "".join(font[code] for code in bytes(shown)) if isinstance(shown, pikepdf.String) else ""


def written_over(data: bytes, words: str) -> bytes:
    """A PDF with a text box laid over its first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[50, 700, 300, 750],
            Contents=words,
            DA=pikepdf.String("/Helv 12 Tf 0 g"),
        )
        page = pdf.pages[0]
        page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(box)])
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def with_other_json(data: bytes, old: str, new: str) -> bytes:
    """A PDF with words of the document that it carries replaced."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pdf.Root.AF[0].EF.F
        json = stream.read_bytes().decode()
        assert old in json
        stream.write(json.replace(old, new, 1).encode())
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def without_json(data: bytes) -> bytes:
    """A PDF rid of the document that it carried."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.AF, pdf.Root.Names
        buffer = io.BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def tracked(data: bytes, old: str, new: str) -> bytes:
    """A Word file in which a word of the body was replaced with changes tracked."""
    who = 'w:id="9001" w:author="A" w:date="2031-01-01T00:00:00Z"'
    text = '<w:t xml:space="preserve">'
    run = (
        f"</w:t></w:r><w:del {who}><w:r><w:delText>{old}</w:delText></w:r></w:del>"
        f"<w:ins {who}><w:r>{text}{new}</w:t></w:r></w:ins><w:r>{text}"
    )
    return changed(data, "word/document.xml", old, run)
