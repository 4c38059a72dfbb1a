"""What a memo says of its sources is true: each count is made again, from the YAML and from a delivered Word file.

The route is another one than compose's: the facts are read with PyYAML, those that the memo uses are told by the notes
and claims of the document inside the file, and the statement is read off the file's page.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from memo.cli import main

ROOT = Path(__file__).parent.parent
WORDS = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
}  # fmt: skip
CREDIBILITY = {
    "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
    "6": "truth cannot be judged", None: None,
}  # fmt: skip


def delivered(project: Path, memo: str) -> Path:
    """The Word file that memo builds."""
    output = project / "built"
    result = CliRunner().invoke(main, ["-C", str(project), "build", memo, "--format", "docx", "--output", str(output)])
    assert result.exit_code == 0, result.output
    return output / f"{memo}.docx"


def used(file: Path) -> set[str]:
    """The facts that the document inside the file names anywhere."""

    def named(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from value.get("facts", ())
            value = list(value.values())
        if isinstance(value, list):
            for inner in value:
                yield from named(inner)

    with zipfile.ZipFile(file) as package:
        items = (etree.fromstring(package.read(name)) for name in package.namelist() if "customXml/item" in name)
        texts = [item.findtext("{*}document") for item in items]
    document = json.loads(next(text for text in texts if text))
    return set(named(document["document"]["blocks"]))


def statement(file: Path) -> str:
    """The paragraphs of the source summary, as the page has them."""
    paragraphs = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    end = next(index for index, text in enumerate(paragraphs) if text.startswith("Truth, and the balance"))
    return paragraphs[end - 1]


def recounted(dossier: Path, ids: set[str]) -> dict[str, Any]:
    """Every count, from the sheets as YAML."""
    sheets = [yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in sorted(dossier.glob("*.yaml"))]
    sources = {id: source for sheet in sheets for id, source in (sheet.get("sources") or {}).items()}
    facts = [fact for sheet in sheets for id, fact in (sheet.get("facts") or {}).items() if id in ids]
    supports = [fact.get("support") or [] for fact in facts]
    origins = [{one.get("origin") or sources[one["source"]]["origin"] for one in some} for some in supports]
    carried = Counter(source for some in supports for source in {one["source"] for one in some})
    most = max(carried.values(), default=0)
    return {
        "facts": sum(map(bool, supports)),
        "sources": len(carried),
        "origins": len(set().union(*origins)),
        "single": sum(len(some) == 1 for some in origins),
        "shared": sum(len(some) > 1 for some in origins),
        "most": sorted(sources[id]["label"] for id in carried if carried[id] == most),
        "carries": most,
        "reliability": {sources[id]["label"]: RELIABILITY[sources[id]["reliability"]] for id in carried},
        "credibility": Counter(CREDIBILITY[one.get("credibility")] for some in supports for one in some),
        "judged": supports.count([]),
    }


def said(text: str) -> dict[str, Any]:
    """Every count that the statement gives."""
    lead = re.search(r"rests on (\S+) facts? drawn from (\S+) sources?; .* stands? (\S+) distinct origins?\.", text)
    split = re.search(r"(\S+) of the (\S+) facts? comes? from a single origin; (\S+) (?:is|are) carried", text)
    most = re.search(
        r"rests most(?:, and equally,)? on (.+?), (?:each of )?which carries? (\S+) of the (\S+) fact", text
    )
    reliability = dict(
        re.findall(r"(?:(?<=\. )|^)([^.]+?) is graded “([^”]+)”\.", re.split("Of the [^ ]+ passages? cited", text)[0])
    )
    passages = re.search(r"Of the (\S+) passages? cited, (.+?)\.", text)
    judged = re.search(r"(\S+) facts? rests? on no source", text)
    graded = re.findall(r"(\S+) (?:(?:is|are) graded “([^”]+)”|bears? no grade)", passages[2]) if passages else []
    told = {
        "facts": number(lead[1]) if lead else 0,
        "sources": number(lead[2]) if lead else 0,
        "origins": number(lead[3]) if lead else 0,
        "single": number(split[1]) if split else 0,
        "shared": number(split[3]) if split else 0,
        "most": sorted(most[1].split(", ")) if most else [],
        "carries": number(most[2]) if most else 0,
        "reliability": reliability,
        "credibility": Counter({grade or None: number(count) for count, grade in graded}),
        "judged": number(judged[1]) if judged else 0,
    }
    assert not split or number(split[2]) == told["facts"]
    assert not most or number(most[3]) == told["facts"]
    assert not passages or number(passages[1]) == told["credibility"].total()
    return told


def number(word: str) -> int:
    return WORDS.index(word.lower()) if word.lower() in WORDS else int(word)


@pytest.mark.parametrize(
    ("project", "memo", "dossier"),
    [(ROOT, "azerbaijan-nato", "azerbaijan-nato"), (ROOT / "tests" / "lighthouse", "lighthouse", "lighthouse")],
)
def test_the_counts_of_a_memo_are_those_of_its_dossier(project: Path, memo: str, dossier: str, tmp_path: Path) -> None:
    for name in ("facts", "templates"):
        shutil.copytree(project / name, tmp_path / name)
    file = delivered(tmp_path, memo)
    assert said(statement(file)) == recounted(tmp_path / "facts" / dossier, used(file))


SUPPORT = st.fixed_dictionaries(
    {"source": st.sampled_from(["gazette", "ledger", "survey"]), "locator": st.just("p. 1"), "quote": st.just("a")},
    optional={"origin": st.sampled_from(["office", "mayor"]), "credibility": st.sampled_from(["2", "3", "4", "6"])},
)
JUDGED = st.just({"judged_by": "the desk", "basis": "Nothing else is known."})
FACT = st.one_of(st.builds(lambda some: {"support": some}, st.lists(SUPPORT, min_size=1, max_size=3)), JUDGED)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(FACT, st.booleans()), min_size=1, max_size=16).filter(lambda some: any(use for _, use in some)),
    st.lists(st.sampled_from("ABCDEF"), min_size=3, max_size=3),
)
def test_the_counts_hold_for_any_dossier(facts: list[tuple[dict[str, Any], bool]], grades: list[str]) -> None:
    sources = {
        id: {"type": "report", "label": id.title(), "origin": origin, "reliability": grade, "descriptor": "A paper."}
        for id, origin, grade in zip(("gazette", "ledger", "survey"), ("office", "office", "crew"), grades, strict=True)
    }
    held = {
        f"fact-{index}": {"kind": "assessment", "claim": f"It holds {index}.", "as_of": "2031-03-02", **fact}
        for index, (fact, _) in enumerate(facts)
    }
    cited = " ".join(f'{{{{ fact("fact-{index}") }}}}' for index, (_, use) in enumerate(facts) if use)
    head = "---\ntitle: T\nto: a\nfrom: b\ndate: 2031-03-14\ndossier: harbour\n---\n# Summary\n\n"
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        (project / "facts" / "harbour").mkdir(parents=True)
        (project / "templates").mkdir()
        sheet = yaml.safe_dump({"sources": sources, "facts": held}, sort_keys=False)
        (project / "facts" / "harbour" / "sheet.yaml").write_text(sheet, "utf-8")
        (project / "templates" / "note.md").write_text(f"{head}{cited}\n\n{{{{ source_summary() }}}}\n", "utf-8")
        file = delivered(project, "note")
        assert said(statement(file)) == recounted(project / "facts" / "harbour", used(file))
