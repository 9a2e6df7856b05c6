import pytest

from tests.core.checks.plans import found, plan, row, words


@pytest.mark.parametrize("kind", ["product", "role", "group", "document"])
def test_two_of_a_kind_with_one_name_are_found(kind):
    data = plan(
        row(kind, "A1", name="Alert Filter"), row(kind, "A2", name="alert filter"), row(kind, "A3", name="x")
    )
    expected = [(f"{kind} A2", "“alert filter” is the name of A1 as well.")]
    assert words(data, "name.twice") == expected


def test_one_name_in_two_kinds_is_fine():
    assert found(plan(row("role", "A", name="Same"), row("group", "B", name="Same")), "name.twice") == []


def test_wbs_elements_side_by_side_with_one_name_are_a_warning():
    data = plan(
        row("wbs", "1.02C.07.01", name="Network", parent="wbs 1.02C.07"),
        row("wbs", "1.02C.07.02", name="Network", parent="wbs 1.02C.07"),
    )
    assert [(f.level, f.id) for f in found(data, "name.twice", "name.repeated")] == [
        ("warning", "wbs 1.02C.07.02")
    ]


def test_wbs_elements_of_different_branches_with_one_name_are_a_note():
    data = plan(
        row("wbs", "1.02C.07.00", name="Management", parent="wbs 1.02C.07"),
        row("wbs", "1.02C.00", name="Management", parent="wbs 1.02C"),
    )
    assert [(f.level, f.id) for f in found(data, "name.twice", "name.repeated")] == [("note", "wbs 1.02C.00")]
