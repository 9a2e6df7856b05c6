"""Pasting: what a rectangle of texts makes of rows, new rows and values that do not fit."""

from pathlib import Path
from typing import Any

import pytest

from dmdesk import changes as c
from dmdesk.checks.naming import named
from dmdesk.errors import PlanError
from dmdesk.exchange.cells import Cells, cells
from dmdesk.exchange.table import Paste, Refused, paste, tiled
from dmdesk.kinds import Entity, kinds
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData


def row(of: str, id: str, /, **values: Any) -> Entity:
    return kinds()[of].make(values, id=id)


def plan() -> PlanData:
    return PlanData.of([
        row("person", "kru", key="krughoff", name="Simon Krughoff", aka=("S. Krughoff",)),
        row("person", "plu", key="plutchak", name="Plutchak, Joel"),
        row("wbs", "w2", key="1.02C.02", name="Systems"),
        row("wbs", "w3", key="1.02C.03", name="Level 1"),
        row("product", "DM", key="DM", name="Data Management", order="1", managers=("kru",)),
        row("product", "L1", key="L1", name="Level 1 System", order="1", parent="DM", kind="group"),
        row("product", "ARC", key="ARC-1", name="Archiver", order="2", parent="DM"),
        row("product", "END", key="END", name="End", order="2"),
        row("milestone", "m1", key="M-1", name="First", due="2017-11-30", level="2"),
        row("institution", "tuc", key="TUC", name="Tucson"),
    ])  # fmt: skip


def pasted(
    data: PlanData, of: str, ids: list[str], fields: list[str], texts: str | Cells
) -> tuple[Paste, PlanData]:
    found = paste(data, kinds()[of], ids, fields, cells(texts) if isinstance(texts, str) else texts, named)
    return found, preview(data, found.changes)


@pytest.mark.parametrize(
    ("of", "id", "field", "text", "value"),
    [
        ("product", "END", "managers", "krughoff", ("kru",)),
        ("product", "END", "managers", "SIMON  krughoff", ("kru",)),
        ("product", "L1", "managers", "S. Krughoff; plutchak", ("kru", "plu")),
        ("product", "L1", "managers", "Plutchak, Joel", ("plu",)),
        ("product", "L1", "managers", "Plutchak, Joel; krughoff", ("plu", "kru")),
        ("product", "L1", "managers", "krughoff, A. N. Other", ("kru", "?A. N. Other")),
        ("product", "L1", "managers", "Other, A.\nkrughoff", ("?Other, A.", "kru")),
        ("product", "L1", "managers", "?", ()),
        ("product", "L1", "wbs", "1.02C.02,1.02C.09", ("w2", "?1.02C.09")),
        ("product", "L1", "parent", "End", "END"),
        ("product", "L1", "parent", "?Nobody", "?Nobody"),
        ("product", "L1", "kind", "Soft", "software"),
        ("product", "L1", "kind", "gadget", "gadget"),
        ("product", "L1", "repositories", "a_b; c;d, e", ("a_b", "c", "d, e")),
        ("product", "L1", "description", "=SUM(A1:A2)\nmore", "=SUM(A1:A2)\nmore"),
        ("milestone", "m1", "due", "30 Jun 2017", "2017-06-30"),
        ("milestone", "m1", "due", "30.06.2017", "2017-06-30"),
        ("milestone", "m1", "due", "2017-06-30 00:00:00", "2017-06-30"),
        ("milestone", "m1", "due", "", ""),
        ("institution", "tuc", "lead", "X", True),
    ],
)
def test_a_text_is_read_as_its_field_means_it(of: str, id: str, field: str, text: str, value: object):
    found, after = pasted(plan(), of, [id], [field], [[text]])
    assert getattr(after.get(of, id), field) == value
    assert found.refused == []


@pytest.mark.parametrize(
    ("of", "id", "field", "text", "why"),
    [
        ("product", "L1", "kind", "s", "“s” could be software or service."),
        ("milestone", "m1", "due", "06/30/2017", "“06/30/2017” is not a date; write it as 2017-06-30."),
        ("institution", "tuc", "lead", "perhaps", "“perhaps” is neither yes nor no."),
    ],
)
def test_a_text_that_does_not_fit_is_refused_at_its_cell_and_the_rest_is_pasted(
    of: str, id: str, field: str, text: str, why: str
):
    found, after = pasted(plan(), of, [id], ["name", field], [["New name", text]])
    assert found.refused == [Refused(id, field, text, why)]
    assert getattr(after.get(of, id), field) == getattr(plan().get(of, id), field)
    assert after.get(of, id).name == "New name"


def test_what_stays_the_same_is_no_change():
    found, _ = pasted(
        plan(), "product", ["DM"], ["key", "name", "managers"], "DM\tData Management\tSimon Krughoff"
    )
    assert found == Paste([], [], 0, [])


def test_an_inherited_value_that_comes_back_as_it_was_copied_stays_inherited():
    found, _ = pasted(plan(), "product", ["L1"], ["managers"], "Simon Krughoff")
    assert found.changes == []
    _, after = pasted(plan(), "product", ["L1"], ["managers"], "plutchak")
    assert after.get("product", "L1").managers == ("plu",)


def test_a_cell_that_says_nothing_leaves_its_value_alone_and_an_empty_one_clears_it():
    found, after = pasted(plan(), "product", ["L1"], ["name", "kind"], [[None, ""]])
    assert (after.get("product", "L1").name, after.get("product", "L1").kind) == ("Level 1 System", "")
    assert found.overwritten == 1


def test_a_new_name_keeps_the_old_one_as_also_known_as():
    _, after = pasted(plan(), "product", ["L1"], ["name"], "Alert Production")
    assert after.get("product", "L1").aka == ("Level 1 System",)


def test_rows_left_over_become_siblings_behind_the_last_one_with_keys_of_their_own():
    found, after = pasted(
        plan(), "product", ["ARC"], ["name", "kind"], "Archive\thard\nTwo\tsoft\nThree\t\n\t\n"
    )
    assert len(found.new) == 2
    kids = after.children("product")["DM"]
    assert [kid.name for kid in kids] == ["Level 1 System", "Archive", "Two", "Three"]
    assert [kid.key for kid in kids] == ["L1", "ARC-1", "ARC-2", "ARC-3"]
    assert kids[2].kind == "software"
    assert [top.id for top in after.children("product")[""]] == ["DM", "END"]


def test_pasted_keys_are_taken_and_generated_ones_keep_away_from_them():
    _, after = pasted(
        plan(), "product", ["ARC"], ["key", "name"], "ARC-1\tArchiver\n\tGenerated\nARC-2\tPasted"
    )
    assert {kid.key: kid.name for kid in after.children("product")["DM"]} == {
        "L1": "Level 1 System", "ARC-1": "Archiver", "ARC-3": "Generated", "ARC-2": "Pasted",
    }  # fmt: skip


def test_new_rows_can_name_each_other():
    found, after = pasted(
        plan(), "product", ["END"], ["key", "name", "parent"], "END\tEnd\t\nA\tAlpha\t\nB\tBeta\talpha"
    )
    assert after.get("product", found.new[1]).parent == found.new[0]


def test_rows_can_be_pasted_into_an_empty_table():
    data = PlanData()
    found, after = pasted(data, "person", [], ["name", "teams"], "Ada\tDRP\nBob\t")
    assert [(one.key, one.name) for one in after.in_order("person")] == [("NEW-1", "Ada"), ("NEW-2", "Bob")]
    assert found.overwritten == 0


def test_a_row_of_which_nothing_fits_is_not_added():
    found, after = pasted(
        plan(), "milestone", ["m1"], ["due", "forecast"], "2018-01-01\t\nsoon\t\nlate\t2018-02-01"
    )
    assert (len(found.new), len(found.refused)) == (1, 2)
    assert sorted(one.forecast for one in after.rows("milestone").values()) == ["", "2018-02-01"]


def test_counted_columns_take_no_part():
    found, after = pasted(plan(), "wbs", ["w2"], ["+products", "name"], "7\tSystem Engineering")
    assert after.get("wbs", "w2").name == "System Engineering"
    assert len(found.changes) == 1


def test_more_columns_than_there_are_is_one_sentence():
    with pytest.raises(PlanError, match="3 columns wide, and there are only 2 to the right"):
        pasted(plan(), "product", ["L1"], ["name", "kind"], "a\tsoft\tc")
    _, after = pasted(plan(), "product", ["L1"], ["name", "kind"], "a\tsoft\t\t\t")
    assert after.get("product", "L1").name == "a"


def test_a_selection_is_tiled_where_the_cells_fit_into_it_a_whole_number_of_times():
    assert tiled([["a", "b"]], 2, 4) == [["a", "b", "a", "b"]] * 2
    assert tiled([["a", "b"]], 2, 3) == [["a", "b"]]
    assert tiled([], 2, 3) == []


def test_a_thousand_rows_are_pasted_and_undone_in_one_step(tmp_path: Path):
    with Plan.create(tmp_path / "p.dmplan", plan()) as made:
        made.step("The day's backup", [c.put(made.data.get("product", "DM"), {"note": "x"})])
        table = [[f"K{n}", f"Name {n}", "software", "krughoff; plutchak", f"repo_{n}"] for n in range(1000)]
        fields = ["key", "name", "kind", "managers", "repositories"]
        before = made.data.copy()
        found = paste(made.data, kinds()["product"], ["ARC"], fields, table, named)
        made.step("Paste", found.changes)
        assert [kid.key for kid in made.data.children("product")["DM"]] == [
            "L1",
            *(f"K{n}" for n in range(1000)),
        ]
        made.undo()
        assert not c.difference(before, made.data)
    assert max(len(change.fields["order"][1]) for change in found.changes if "order" in change.fields) < 10
