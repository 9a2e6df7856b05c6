import pytest

from dmdesk import checks
from dmdesk.changes import add, put
from dmdesk.errors import Conflict
from dmdesk.exchange import text
from dmdesk.kinds import changed
from dmdesk.plan import Plan, preview
from tests.core.checks.plans import found, plan, product, row
from tests.house.tree import ROOT

LINKS = ("wbs.unknown", "wbs.malformed", "link.note", "link.several", "link.unresolved")


def said(findings):
    return [(finding.code, finding.id) for finding in findings]


def test_what_changes_would_do_is_said_as_findings_caused_and_cured():
    data = plan(product("A", owners=[]), product("B"))
    changes = [
        put(data.get("product", "product A"), {"owners": ["person ann"], "note": "TBD"}),
        put(data.get("product", "product B"), {"wbs": ["?1.02C.99"]}),
    ]
    caused, cured = checks.effect(data, changes)
    assert said(caused) == [("prose.placeholder", "product A"), ("wbs.unknown", "product B")]
    assert ("product.no-owner", "product A") in said(cured)
    assert data.get("product", "product A").owners == ()


def test_changes_that_make_no_difference_to_the_findings_have_no_effect():
    data = plan(product("A", owners=[]))
    assert checks.effect(data, [put(data.get("product", "product A"), {"description": "x"})]) == ([], [])


def test_an_accepted_finding_is_neither_caused_nor_cured_by_other_changes():
    data = plan(product("A", owners=[]))
    changes = checks.accept(data, found(data, "product.no-owner"), "So.")
    assert said(checks.effect(data, changes).cured) == [("product.no-owner", "product A")]
    after = preview(data, changes)
    assert checks.effect(after, [put(after.get("product", "product A"), {"note": "x"})]) == ([], [])


def test_the_effect_of_changes_made_against_other_rows_is_a_conflict():
    data = plan(product("A"))
    with pytest.raises(Conflict):
        checks.effect(
            data, [put(changed(data.get("product", "product A"), {"note": "old"}), {"note": "new"})]
        )


def test_all_findings_of_one_row_are_cured_together_even_in_one_field():
    data = plan(
        product("P", wbs=["?1.02C.07.01", "?1.02C.07.02", "?1.02C.07.04.9"], managers=["?Ann Ito (old)"])
    )
    changes = checks.fix_all(data, found(data, *LINKS), "keep the words")
    assert len(changes) == 1
    after = preview(data, changes).get("product", "product P")
    assert (after.wbs, after.managers) == ((), ())
    assert sorted(after.note.splitlines()) == [
        "Manager: Ann Ito (old)",
        "WBS elements: 1.02C.07.01",
        "WBS elements: 1.02C.07.02",
        "WBS elements: 1.02C.07.04.9",
    ]


def test_a_row_that_many_findings_lack_is_made_once():
    data = plan(product("A", wbs=["?1.02C.07.05"]), product("B", wbs=["?1.02C.07.05"]))
    changes = checks.fix_all(data, found(data, "wbs.unknown"), "create")
    assert [change.op for change in changes] == ["add", "set", "set"]
    after = preview(data, changes)
    assert after.get("product", "product A").wbs == after.get("product", "product B").wbs
    assert found(after, "wbs.unknown") == []


def test_findings_that_cannot_be_cured_in_that_way_are_left():
    data = plan(product("A", teams=["?X"]), product("B", teams=["?Y"]))
    assert checks.fix_all(data, found(data, "link.unresolved"), "no such way") == []
    one = checks.fix_all(data, found(data, "link.unresolved")[:1], "clear")
    assert [change.id for change in one] == ["product A"]


def test_a_finding_without_a_fix_is_left():
    data = plan(product("A", owners=[]))
    assert checks.fix_all(data, found(data, "product.no-owner")) == []


def test_the_ways_to_cure_come_with_a_title_and_the_commonest_first():
    data = plan(product("A", wbs=["?1.02C.07.05"]), product("B", wbs=["?9.99X"]))
    ways = checks.ways(found(data, "wbs.unknown"))
    assert list(ways)[:3] == ["create", "keep the words", "clear"]
    assert ways["link the nearest"] == "Link 1.02C.07 instead"


def test_every_finding_of_the_sample_plan_that_can_be_cured_is_cured_all_at_once_as_one_step(tmp_path):
    data = text.read(ROOT / "sample_db" / "ldm-294")
    with Plan.create(tmp_path / "a.dmplan", data) as opened:
        before = checks.run(opened.data)
        for code in sorted({finding.code for finding in before if finding.fixes}):
            findings = [finding for finding in checks.run(opened.data, [code]) if finding.fixes]
            changes = checks.fix_all(opened.data, findings)
            caused, cured = checks.effect(opened.data, changes)
            assert len([finding for finding in cured if finding.code == code]) == len(findings), code
            assert [finding for finding in caused if finding.code == code] == [], code
            assert opened.step(f"Fix {code}", changes) is not None
        while opened.undo():
            pass
        assert checks.run(opened.data) == before


def test_moving_a_row_and_dropping_another_is_one_step_that_holds_together(tmp_path):
    data = plan(product("G", kind="group"), product("H", kind="group"))
    with Plan.create(tmp_path / "a.dmplan", data) as opened:
        changes = checks.fix_all(opened.data, found(opened.data, "product.group-empty"), "remove")
        opened.step("Remove empty groups", changes)
        assert opened.data.rows("product") == {}


def test_what_a_new_row_would_cause_is_said_of_that_row():
    data = plan()
    (finding,) = checks.effect(data, [add(row("product", "new"))]).caused[:1]
    assert (finding.kind, finding.id) == ("product", "product new")
