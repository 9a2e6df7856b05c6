import json

import pytest

from dmdesk import checks
from dmdesk.changes import applied, drop, put
from dmdesk.checks import finding as f
from dmdesk.exchange import text
from dmdesk.plan import Plan, preview
from dmdesk.types import BadValue
from tests.core.checks.plans import found, plan, product


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(f, "today", lambda: "2017-07-01")


def lacking():
    """A plan with two products without an owner."""
    return plan(product("DM", owners=[]), product("AP", owners=[]))


def accepted(data, reason="Agreed in June.", until="", at=0):
    return preview(data, checks.accept(data, found(data, "product.no-owner")[at : at + 1], reason, until))


def levels(data):
    return [(finding.id, finding.level, finding.accepted) for finding in found(data, "product.no-owner")]


def test_an_accepted_finding_comes_last_with_its_reason_and_counts_no_more():
    data = accepted(lacking())
    assert levels(data) == [
        ("product DM", "warning", ""),
        ("product AP", "accepted", "Agreed in June."),
    ]
    assert [x.id for x in checks.open_ones(found(data, "product.no-owner"))] == ["product DM"]


def test_an_acceptance_says_what_was_accepted_when_and_by_whom(monkeypatch):
    monkeypatch.setattr("dmdesk.folders.user", lambda: "jo")
    (row,) = accepted(lacking(), until="2017-12-31").rows("acceptance").values()
    assert (row.check, row.kind, row.row, row.subject, row.field) == (
        "product.no-owner", "product", "product AP", "AP", "owners",
    )  # fmt: skip
    assert (row.words, row.accepted, row.until, row.who) == (
        "This product has no product owner.", "2017-07-01", "2017-12-31", "jo",
    )  # fmt: skip


def test_an_acceptance_survives_that_its_row_is_renamed():
    data = accepted(lacking())
    renamed = preview(data, [put(data.get("product", "product AP"), {"key": "ALERTS", "name": "Alerts"})])
    assert ("product AP", "accepted", "Agreed in June.") in levels(renamed)


def test_an_acceptance_ends_when_the_check_says_something_else():
    data = accepted(lacking())
    below = preview(data, [put(data.get("product", "product DM"), {"parent": "product AP"})])
    assert levels(below) == [("product AP", "warning", "")]
    (stale,) = [finding for finding in checks.run(below) if finding.code == "acceptance.stale"]
    assert stale.words == "The checks no longer say this of AP; the acceptance can go."
    assert preview(below, stale.fix).rows("acceptance") == {}


def test_an_acceptance_ends_with_its_last_day():
    data = accepted(lacking(), until="2017-07-01")
    assert ("product AP", "accepted", "Agreed in June.") in levels(data)
    over = accepted(lacking(), until="2017-06-30")
    assert ("product AP", "warning", "") in levels(over)
    (expired,) = found(over, "acceptance.expired")
    assert expired.words == "This was accepted until 2017-06-30; mend it now, or accept it for longer."
    assert ("product AP", "accepted", "Agreed in June.") in levels(preview(over, expired.fix))


def test_accepting_for_longer_takes_the_place_of_what_is_over():
    over = accepted(lacking(), until="2017-06-30")
    again = accepted(
        over, "Agreed in July.", at=[x.id for x in found(over, "product.no-owner")].index("product AP")
    )
    (row,) = again.rows("acceptance").values()
    assert (row.reason, row.until) == ("Agreed in July.", "")
    assert [x.code for x in checks.run(again) if x.kind == "acceptance"] == []


def test_an_acceptance_is_not_taken_for_that_of_a_row_which_has_got_the_key():
    data = accepted(lacking())
    keys = {"product AP": "ALERTS", "product DM": "AP"}
    data = preview(data, [put(data.get("product", id), {"key": key}) for id, key in keys.items()])
    (other,) = checks.open_ones(found(data, "product.no-owner"))
    assert (other.id, checks.matching(data, other)) == ("product DM", [])
    both = preview(data, checks.accept(data, [other], "So too."))
    assert sorted(levels(both)) == [
        ("product AP", "accepted", "Agreed in June."), ("product DM", "accepted", "So too."),
    ]  # fmt: skip


def test_of_two_acceptances_that_two_files_brought_the_longer_one_holds_and_that_there_are_two_is_said_once():
    short, long = (
        checks.accept(lacking(), found(lacking(), "product.no-owner")[:1], reason, until)
        for reason, until in (("For now.", "2017-06-30"), ("For good.", ""))
    )
    for made in (short + long, long + short):
        data = preview(lacking(), made)
        assert ("product AP", "accepted", "For good.") in levels(data)
        assert [x.code for x in checks.run(data) if x.kind == "acceptance"] == ["key.twice"]


def test_of_a_row_that_is_gone_nothing_is_accepted():
    data = lacking()
    old = found(data, "product.no-owner")
    assert checks.accept(preview(data, [drop(data.get("product", "product AP"))]), old[:1], "So.") == []


def test_an_acceptance_without_a_reason_hides_nothing():
    data = accepted(lacking(), reason="")
    assert ("product AP", "warning", "") in levels(data)


def test_a_mended_finding_leaves_an_acceptance_that_can_go():
    data = accepted(lacking())
    mended = preview(data, [put(data.get("product", "product AP"), {"owners": ["person ann"]})])
    assert [x.code for x in checks.run(mended) if x.kind == "acceptance"] == ["acceptance.stale"]


def test_the_last_day_must_be_a_day():
    data = lacking()
    with pytest.raises(BadValue, match="soon"):
        checks.accept(data, found(data, "product.no-owner"), "Because.", "soon")


def test_asking_again_after_accepting_and_taking_it_back_finds_what_asking_everything_finds():
    data = lacking()
    before = checks.run_again(data)
    made = list(checks.accept(data, found(data, "product.no-owner"), "So."))
    for change in made:
        data.replace(change.kind, change.id, applied(None, change))
    assert checks.run_again(data) == checks.run(data.copy()) != before
    for change in made:
        data.replace(change.kind, change.id, None)
    assert checks.run_again(data) == checks.run(data.copy()) == before


def test_accepting_is_a_step_in_the_file_that_can_be_undone(tmp_path):
    with Plan.create(tmp_path / "a.dmplan", lacking()) as opened:
        opened.step("Accept", checks.accept(opened.data, found(opened.data, "product.no-owner"), "So."))
    with Plan.open(tmp_path / "a.dmplan") as opened:
        assert [level for _, level, _ in levels(opened.data)] == ["accepted", "accepted"]
        opened.undo()
        assert [level for _, level, _ in levels(opened.data)] == ["warning", "warning"]


def test_an_acceptance_is_found_by_the_key_of_its_row_when_ids_changed_on_the_way_through_text(tmp_path):
    data = accepted(lacking())
    folder = tmp_path / "text"
    text.write(data, folder)
    product_file = folder / "product.toml"
    lines = [line for line in product_file.read_text("utf-8").splitlines() if not line.startswith("id = ")]
    product_file.write_text("\n".join(lines), "utf-8")
    read = text.read(folder)
    assert read.get("product", "product AP") is None
    assert [level for _, level, _ in levels(read)] == ["warning", "accepted"]


def test_sarif_has_the_rules_with_help_the_levels_and_where_each_finding_is():
    from dmdesk.checks.sarif import sarif

    data = accepted(lacking())
    log = json.loads(json.dumps(sarif(data, found(data, "product.no-owner"))))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(checks.checks().names())
    assert all(rule["help"]["text"] and rule["defaultConfiguration"]["level"] for rule in rules)
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "product.no-owner"
    assert (first["level"], first["message"]["text"]) == (
        "warning",
        "Product DM: This product has no product owner.",
    )
    place = first["locations"][0]["logicalLocations"][0]
    assert (place["fullyQualifiedName"], place["name"]) == ("product/DM/owners", "owners")
    assert "suppressions" not in first
    assert second["suppressions"] == [{"kind": "external", "justification": "Agreed in June."}]


def test_sarif_says_until_which_day_a_finding_is_accepted():
    from dmdesk.checks.sarif import sarif

    data = accepted(lacking(), until="2017-12-31")
    results = sarif(data, found(data, "product.no-owner"))["runs"][0]["results"]
    assert results[1]["suppressions"] == [
        {
            "kind": "external",
            "justification": "Until 2017-12-31: Agreed in June.",
            "properties": {"until": "2017-12-31"},
        }
    ]
