"""The peers that `memo` is timed against, and the list of them. Each is given its own source of the very same memo.

They start from a finished text, where `memo` starts from facts and templates: what a peer would need to fill its
template (YAML, Jinja2) is not counted against it.
"""

from __future__ import annotations

import io
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path

from bench.pandoc_markup import markdown
from bench.typst_markup import markup
from bench.weasyprint_markup import font_faces, html
from memo.document.furniture import Furniture, furniture
from memo.document.tree import Document, Figure
from memo.facts.front_matter import Format
from memo.facts.style import Style
from memo.figures import FIGURES
from memo.figures.picture import Picture

HERE = Path(__file__).parent
FONTS = (HERE.parent / "memo" / "fonts").as_uri()
Source = Callable[[Document, Style, Path, str], Path]


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer. ``makes`` says what, ``format`` beside which of `memo`'s; ``package`` is its name on PyPI.

    ``source`` writes a memo for it into a folder, under a name, and returns the file; ``command`` makes the output of
    one beside it, and ``batch`` those of many in one process. ``module`` does so inside a process, if it can. A
    ``slow`` peer is given fewer memos in a batch, and none that is very long.
    """

    format: Format
    makes: str
    package: str
    source: Source
    command: Callable[[Path], Sequence[str]]
    batch: Callable[[Sequence[Path]], Sequence[str]]
    module: str = ""
    slow: bool = False

    def version(self) -> str:
        """The version of its package, or that it is not there."""
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return "not installed"


def _pandoc_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    path, words = folder / f"{name}.md", _furniture(document, style)
    path.write_text(markdown(document, words, _svgs(document, style, folder, name)), "utf-8")
    _reference_document(folder / "reference.docx", words)
    return path


def _pandoc_command(source: Path) -> Sequence[str]:
    reference = f"--reference-doc={source.with_name('reference.docx')}"
    return [_pandoc(), "--from=markdown-smart", reference, f"--output={source.with_suffix('.docx')}", str(source)]


def _pandoc_batch(sources: Sequence[Path]) -> Sequence[str]:
    reference, listed = (sources[0].with_name(name) for name in ("reference.docx", "batch.txt"))
    listed.write_text("".join(f"{source}\n" for source in sources), "utf-8", newline="\n")
    return [_pandoc(), "lua", str(HERE / "pandoc_batch.lua"), str(reference), str(listed)]


def _pandoc() -> str:
    """The program itself, without the Python package around it."""
    try:
        return str(import_module("pypandoc").get_pandoc_path())
    except ImportError:
        return "pandoc"


def pandoc_version() -> str:
    """The version of the program itself."""
    program = shutil.which(_pandoc())
    if program is None:
        return "not installed"
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return said.split(maxsplit=2)[1]


def _typst_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    path = folder / f"{name}.typ"
    figures = _svgs(document, style, folder, name)
    path.write_text(markup(document, _furniture(document, style), style, figures), "utf-8")
    return path


def _typst(sources: Sequence[Path]) -> Sequence[str]:
    return [sys.executable, str(HERE / "typst_compile.py"), *map(str, sources)]


def _python_docx_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    from memo.renderers.docx.pictures import paint_png

    pictures = {key: paint_png(picture) for key, picture in _pictures(document, style).items()}
    return _pickled(folder / f"{name}.pickle", (document, _furniture(document, style), pictures))


def _python_docx(sources: Sequence[Path]) -> Sequence[str]:
    return [sys.executable, str(HERE / "python_docx_compile.py"), *map(str, sources)]


def _docxtpl_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    from bench.docxtpl_template import make_template

    if not (folder / "template.docx").exists():
        make_template(folder / "template.docx")
    return _python_docx_source(document, style, folder, name)


def _docxtpl(sources: Sequence[Path]) -> Sequence[str]:
    template = sources[0].with_name("template.docx")
    return [sys.executable, str(HERE / "docxtpl_compile.py"), str(template), *map(str, sources)]


def _platypus_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    return _pickled(folder / f"{name}.pickle", (document, _furniture(document, style), _pictures(document, style)))


def _platypus(sources: Sequence[Path]) -> Sequence[str]:
    return [sys.executable, str(HERE / "platypus_compile.py"), *map(str, sources)]


def _weasyprint_source(document: Document, style: Style, folder: Path, name: str) -> Path:
    (folder / "fonts.css").write_text(font_faces(FONTS), "utf-8")
    path, figures = folder / f"{name}.html", _svgs(document, style, folder, name)
    path.write_text(html(document, _furniture(document, style), style, figures), "utf-8")
    return path


def _weasyprint(sources: Sequence[Path]) -> Sequence[str]:
    return [sys.executable, str(HERE / "weasyprint_compile.py"), *map(str, sources)]


def _alone(batch: Callable[[Sequence[Path]], Sequence[str]]) -> Callable[[Path], Sequence[str]]:
    """The command for one source, of a peer whose command takes any number."""
    return lambda source: batch([source])


PEERS = {
    "pandoc": Peer("docx", "DOCX", "pypandoc_binary", _pandoc_source, _pandoc_command, _pandoc_batch),
    "Typst": Peer("pdf", "PDF/UA-1", "typst", _typst_source, _alone(_typst), _typst, "bench.typst_compile"),
    "WeasyPrint": Peer(
        "pdf",
        "PDF/UA-1",
        "weasyprint",
        _weasyprint_source,
        _alone(_weasyprint),
        _weasyprint,
        "bench.weasyprint_compile",
        slow=True,
    ),
    "python-docx": Peer(
        "docx", "DOCX without footnotes", "python-docx", _python_docx_source, _alone(_python_docx), _python_docx
    ),
    "docxtpl": Peer("docx", "DOCX without footnotes", "docxtpl", _docxtpl_source, _alone(_docxtpl), _docxtpl),
    "platypus": Peer(
        "pdf",
        "PDF without footnotes or tags",
        "reportlab",
        _platypus_source,
        _alone(_platypus),
        _platypus,
        "bench.platypus_compile",
    ),
}
"""Every peer, by name. To time another (fpdf2), write its source and commands and add it here."""


def _pictures(document: Document, style: Style) -> dict[str, Picture]:
    """The memo's figures by their blocks' keys."""
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    return {figure.key: FIGURES[figure.kind](figure.data, style, style.measure()) for figure in figures}


def _svgs(document: Document, style: Style, folder: Path, name: str) -> dict[str, str]:
    """The same as SVG files in this folder, just as the DOCX has them: their names by the blocks' keys."""
    from memo.renderers.docx.pictures import paint_svg

    files = {}
    for ordinal, (key, picture) in enumerate(_pictures(document, style).items()):
        files[key] = f"{name}-{ordinal}.svg"
        (folder / files[key]).write_bytes(paint_svg(picture))
    return files


def _reference_document(path: Path, words: Furniture) -> None:
    """pandoc's own reference document with the memo's header and footer in it, where pandoc is there at all."""
    program = shutil.which(_pandoc())
    if path.exists() or program is None:
        return
    import docx

    own = [program, "--print-default-data-file=reference.docx"]
    document = docx.Document(io.BytesIO(subprocess.run(own, capture_output=True, check=True).stdout))
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{words.banner}\t\t{words.short_title}"
    section.footer.paragraphs[0].text = words.footer
    document.save(str(path))


def _pickled(path: Path, value: object) -> Path:
    path.write_bytes(pickle.dumps(value))
    return path


def _furniture(document: Document, style: Style) -> Furniture:
    return furniture(document.metadata, style, "0" * 64)
