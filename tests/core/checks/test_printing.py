"""What stands in the way of a print: which findings count, and what the command line says of them."""

from pathlib import Path
from typing import Any

import pytest

from dmdesk import changes as c
from dmdesk import checks
from dmdesk.checks.finding import Finding
from dmdesk.cli import main
from dmdesk.exchange import text
from dmdesk.kinds import Entity, kinds
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from tests.core import pictures
from tests.house.tree import ROOT


def row(kind: str, id: str, **values: Any) -> Entity:
    return kinds()[kind].make(values, id=id)


def finding(code: str, level: str) -> Finding:
    return Finding(code, level, "section", "s1", "body", "words")


def groups(*findings: Finding) -> dict[str, int]:
    return {title: len(found) for title, found in checks.in_the_way(findings).items()}


def test_errors_placeholders_broken_references_and_undefined_acronyms_stand_in_the_way():
    found = groups(
        finding("link.unresolved", "error"),
        finding("prose.placeholder", "warning"),
        finding("prose.reference", "error"),
        finding("prose.footnote", "warning"),
        finding("prose.figure", "warning"),
        finding("acronym.undefined", "note"),
    )
    assert found == {"Broken references": 3, "Placeholders": 1, "Errors": 1, "Undefined acronyms": 1}


def test_other_warnings_and_notes_do_not():
    assert groups(finding("product.no-manager", "warning"), finding("product.homeless", "note")) == {}


def test_what_was_accepted_does_not():
    assert groups(finding("prose.placeholder", "accepted"), finding("link.unresolved", "accepted")) == {}


def test_asking_only_the_checks_named_finds_the_same_as_asking_all():
    sample_data = text.read(ROOT / "sample_db" / "ldm-294")
    some = checks.in_the_way(checks.run(sample_data, checks.codes_in_the_way()))
    assert some == checks.in_the_way(checks.run(sample_data))
    assert {title: len(found) for title, found in some.items()} == {
        "Placeholders": 3,
        "Errors": 2,
        "Undefined acronyms": 18,
    }


@pytest.fixture
def unready(tmp_path: Path) -> Path:
    with Plan.create(tmp_path / "plan.dmplan") as plan:
        body = "All of it is TBD, see [[nowhere]]."
        section = row("section", "s1", key="intro", title="Introduction", body=body)
        plan.step("Fill", [c.add(row("plan", "plan", title="Plan")), c.add(section)])
    return tmp_path / "plan.dmplan"


def test_print_says_in_one_line_what_stands_in_the_way_and_prints(unready, tmp_path, capsys):
    assert main(["print", str(unready), str(tmp_path / "out.pdf")]) == 0
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "in the way of this print (broken references: 1, placeholders: 1" in printed.err
    assert f"dmdesk check {unready}" in printed.err
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_print_strict_prints_nothing_and_leaves_an_older_file_alone(unready, tmp_path, capsys):
    (tmp_path / "out.pdf").write_bytes(b"older")
    assert main(["print", str(unready), str(tmp_path / "out.pdf"), "--strict"]) == 1
    assert "nothing was printed" in capsys.readouterr().err
    assert (tmp_path / "out.pdf").read_bytes() == b"older"


def test_print_strict_prints_a_plan_with_nothing_in_the_way(tmp_path, capsys):
    with Plan.create(tmp_path / "plan.dmplan") as plan:
        plan.step("Fill", [c.add(row("plan", "plan", title="Plan", version="1", handle="X-1"))])
    assert main(["print", str(tmp_path / "plan.dmplan"), str(tmp_path / "out.pdf"), "--strict"]) == 0
    assert capsys.readouterr().err == ""


def test_a_picture_that_cannot_be_shown_stands_in_the_way_of_a_print():
    broken = pictures.broken()
    data = PlanData.of([row("figure", "f", key="f", caption="Seen", drawing="picture", picture=broken)])
    found = checks.in_the_way(checks.run(data, checks.codes_in_the_way()))
    assert [one.code for one in found["Broken pictures"]] == ["picture.broken"]
