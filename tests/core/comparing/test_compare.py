"""Comparing two states: what is told of items, their order, their parts, their places, and who made them so."""

import pytest

from dmdesk import changes as c
from dmdesk.comparing import CHANGED, MOVED, PLACED, RENUMBERED, compare, narrowed, words
from dmdesk.comparing.pairing import aligned
from dmdesk.errors import PlanError
from dmdesk.kinds import changed, kinds, new_id
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from tests.core import rows


def row(kind, key, id="", **values):
    named = {"name": key, **values} if "name" in kinds()[kind] else values
    return kinds()[kind].make({"key": key, **named}, id or f"{kind}-{key}")


def edited(data, **by_id):
    """The plan with the fields of some rows set, by their id."""
    found = data.copy()
    for id, values in by_id.items():
        kind = next(k.name for k in kinds() if id in data.rows(k.name))
        found.replace(kind, id, changed(data.rows(kind)[id], values))
    return found


def without(data, *ids):
    gone = [data.rows(kind.name)[id] for kind in kinds() for id in ids if id in data.rows(kind.name)]
    return preview(data, c.drop_all(data, gone))


def told(found):
    """(what, name) of every item in the order of the comparison."""
    return [
        (words.what(item), words.item_name(found, item)) for group in found.groups for item in group.items
    ]


@pytest.fixture
def tree():
    return PlanData.of(
        [
            row("product", "DM", "dm", order="1"),
            *(
                row("product", key, key.lower(), parent="dm", order=f"{at}")
                for at, key in enumerate("ABCDE", 1)
            ),
            row("product", "B1", "b1", parent="b", order="1"),
            row("product", "B2", "b2", parent="b", order="2"),
        ]
    )


# -- order and places


def test_items_come_as_the_plan_is_from_the_top_down_and_what_went_stands_where_it_stood(tree):
    new = without(edited(tree, e={"name": "Last"}, a={"name": "First"}), "b1", "d")
    assert told(compare(tree, new)) == [
        ("changed", "A “First”"), ("dropped", "B1"), ("dropped", "D"), ("changed", "E “Last”"),
    ]  # fmt: skip


def test_codes_are_sorted_as_people_do():
    old = PlanData.of(row("milestone", f"LDM-503-{n}") for n in (10, 9, 2))
    found = compare(old, PlanData())
    assert [words.item_name(found, item) for item in found.items] == ["LDM-503-2", "LDM-503-9", "LDM-503-10"]


def test_parts_of_the_plan_come_in_the_order_of_the_navigation(small):
    found = compare(PlanData(), rows.full())
    names = list(dict.fromkeys(group.part for group in found.groups))
    assert names[:4] == ["Plan", "Structure", "People", "Risks"]
    assert "More" not in names
    assert [group.kind for group in found.groups][:2] == ["plan", "section"]


def test_the_row_that_was_moved_among_its_siblings_is_told_and_not_those_that_made_room(tree):
    ranks = {
        "a": {"order": "10"},
        "b": {"order": "20"},
        "d": {"order": "30"},
        "c": {"order": "40"},
        "e": {"order": "50"},
    }
    found = compare(tree, edited(tree, **ranks))
    [item] = found.items
    [edit] = item.edits
    assert (item.id, edit.how, item.moved) in (("c", PLACED, True), ("d", PLACED, True))
    assert words.told(found, item, edit) in (("after B", "after D"), ("after C", "after B"))
    assert found.shifted == 4


def test_ranks_that_differ_and_leave_the_order_as_it_was_are_no_difference(tree):
    found = compare(tree, edited(tree, a={"order": "05"}, e={"order": "9"}))
    assert not found and found.shifted == 2


def test_the_only_row_with_a_new_rank_is_the_one_that_moved(tree):
    found = compare(tree, edited(tree, d={"order": "05"}))
    [item] = found.items
    assert words.told(found, item, item.edits[0]) == ("after C", "first")


@pytest.mark.parametrize(("first", "second"), ["ab", "bc", "cd", "de"])
def test_of_two_that_changed_places_the_one_with_a_new_rank_is_told_in_either_direction(tree, first, second):
    other = edited(tree, **{second: {"order": f"{int(tree.get('product', first).order) - 1}5"}})
    for pair in ((tree, other), (other, tree)):
        assert [item.id for item in compare(*pair).items] == [second]


def test_what_went_does_not_follow_a_row_that_was_moved_away(tree):
    new = without(edited(tree, a={"parent": "e"}), "b")
    assert [item.id for item in compare(tree, new).items] == ["b", "b1", "b2", "a"]


def test_a_row_below_another_is_moved_and_its_rank_is_not_told(tree):
    found = compare(tree, edited(tree, b1={"parent": "c", "order": "9"}))
    [item] = found.items
    assert [(edit.field, edit.how) for edit in item.edits] == [("parent", MOVED)]
    assert (words.what(item), words.told(found, item, item.edits[0])) == ("moved", ("B", "C"))


def test_a_row_at_the_top_of_its_tree_is_told_so(tree):
    found = compare(tree, edited(tree, b={"parent": ""}))
    [item] = found.items
    assert words.told(found, item, item.edits[0]) == ("DM", words.TOP)


# -- the same things under other names


def test_another_code_is_a_renumbering():
    old = PlanData.of([row("wbs", "1.02C.07", "w", name="Data facility")])
    found = compare(old, edited(old, w={"key": "1.02C.08"}))
    [item] = found.items
    assert (item.renumbered, item.edits[0].how, found.counts[0].renumbered) == (True, RENUMBERED, 1)


def test_plans_with_other_ids_are_paired_by_key_and_their_links_by_what_they_lead_to(tree):
    other = aligned(tree, {"product": {id: new_id() for id in tree.rows("product")}})
    assert not compare(tree, other)
    edited_one = edited(other, **{other.find("product", "B1").id: {"parent": other.find("product", "C").id}})
    found = compare(tree, edited_one)
    [item] = found.items
    assert (item.was, words.what(item), words.told(found, item, item.edits[0])) == ("b1", "moved", ("B", "C"))


def test_a_row_with_another_id_and_another_code_is_known_by_what_it_holds():
    text = "Operates the machines, the storage and the networks of the archive site."
    old = PlanData.of([row("wbs", "1.02C.07.04", name="Service software", dictionary=text),
                       row("wbs", "1.02C.07.05", name="Site networks")])  # fmt: skip
    new = PlanData.of([row("wbs", "1.02C.07.14", name="Service software", dictionary=f"{text} And tapes."),
                       row("wbs", "1.02C.07.99", name="Site surveys")])  # fmt: skip
    assert told(compare(old, new)) == [
        ("renumbered, changed", "1.02C.07.14 “Service software”"), ("dropped", "1.02C.07.05 “Site networks”"),
        ("added", "1.02C.07.99 “Site surveys”"),
    ]  # fmt: skip


def test_rows_that_share_no_more_than_a_title_are_not_the_same():
    old = PlanData.of([row("wbs", "1.02C.05.00", name="Management", dictionary="Leads the interface group.")])
    new = PlanData.of([row("wbs", "1.02C.06.00", "other", name="Management", dictionary="Plans archives.",
                           institutions=("?SLAC",), manager="?Becla")])  # fmt: skip
    assert [item.op for item in compare(old, new).items] == ["dropped", "added"]


def test_a_row_that_says_how_it_was_called_is_that_row():
    old = PlanData.of([row("product", "HDR", "one", name="Header maker", description="Makes headers.")])
    new = PlanData.of([row("product", "HEADER", "two", name="Header service", aka=("HDR",))])
    [item] = compare(old, new).items
    assert (item.was, item.id, item.op) == ("one", "two", CHANGED)


def test_parts_are_paired_by_what_they_join_even_where_that_was_renumbered():
    old = PlanData.of(
        [row("requirement", "R-1", name="High"), row("requirement", "R-2", name="Low"),
         kinds()["trace"].make({"requirement": "requirement-R-2", "parent": "requirement-R-1"}, "t")]
    )  # fmt: skip
    other = aligned(
        old, {"requirement": {"requirement-R-1": "x", "requirement-R-2": "y"}, "trace": {"t": "u"}}
    )
    found = compare(old, edited(other, y={"key": "R-20"}))
    [item] = found.items
    assert (item.kind, item.renumbered, found.pairs["trace"]) == ("requirement", True, {"t": "u"})


def test_findings_that_are_accepted_stay_those_of_their_rows_whatever_the_ids(tree):
    values = {
        "check": "product.owner",
        "kind": "product",
        "row": "a",
        "words": "No owner",
        "reason": "Not yet",
    }
    old = tree.copy()
    old.replace("acceptance", "acc", kinds()["acceptance"].make(values, "acc"))
    other = aligned(
        old, {"product": {id: new_id() for id in tree.rows("product")}, "acceptance": {"acc": "x"}}
    )
    assert other.get("acceptance", "x").row == other.find("product", "A").id
    found = compare(old, other)
    assert not found and found.pairs["acceptance"] == {"acc": "x"}


# -- parts


def test_parts_stand_under_what_they_belong_to_which_is_then_only_named():
    old = PlanData.of([row("risk", "DM-T-001", "r", name="Disks fail")])
    score = kinds()["score"].make(
        {"risk": "r", "sort": "current", "date": "2017-07-01", "likelihood": 3}, "s"
    )
    new = old.copy()
    new.replace("score", "s", score)
    found = compare(old, new)
    [group] = found.groups
    [risk] = group.items
    assert (group.part, group.kind, words.what(risk), risk.edits) == ("Risks", "risk", "", ())
    assert [(part.kind, part.op) for part in risk.parts] == [("score", "added")]
    assert words.part_name(found, risk.parts[0]) == "current, 2017-07-01"
    assert [count.kind for count in found.counts] == ["score"]


def test_a_part_of_nothing_that_is_known_stands_by_itself():
    lost = kinds()["score"].make({"risk": "?gone", "sort": "current"}, "s")
    found = compare(PlanData(), PlanData.of([lost]))
    assert [(group.part, group.kind) for group in found.groups] == [("Risks", "score")]


# -- who, when, why


@pytest.fixture
def plan(tmp_path):
    with Plan.open(rows.full_file(tmp_path / "p.dmplan")) as opened:
        yield opened


def step(plan, kind, id, values, why="", rfc=None):
    return plan.step("A step", [c.put(plan.data.get(kind, id), values)], why, rfc=rfc)


def history(plan):
    return [(one, plan.changes_of(one)) for one in plan.history()]


def test_each_edit_knows_who_made_it_last_and_why_and_under_which_request(plan):
    before = plan.snapshot()
    step(plan, "product", "product1", {"name": "One", "note": "x"}, "first")
    step(plan, "product", "product1", {"name": "Two"}, "second", rfc="rfc1")
    step(plan, "product", "product2", {"name": "Undone"}, "third")
    plan.undo()
    plan.step("Drop", c.drop_all(plan.data, [plan.data.get("figure", "figure2")]), "gone")
    found = compare(before, plan.data, steps=history(plan))
    item = found.find("product", "product1")
    assert {edit.field: (edit.made.why, edit.made.rfc) for edit in item.edits} == {
        "name": ("second", "rfc1"), "note": ("first", ""),
    }  # fmt: skip
    assert [one.why for one in item.steps] == ["second", "first"]
    assert found.find("product", "product2") is None
    assert found.find("figure", "figure2").edits[0].made.why == "gone"


def test_a_comparison_is_narrowed_to_what_was_made_under_a_request(plan):
    before = plan.snapshot()
    step(plan, "product", "product1", {"name": "One"}, rfc="rfc1")
    step(plan, "product", "product1", {"note": "x"})
    step(plan, "team", "team1", {"name": "T"})
    found = compare(before, plan.data, steps=history(plan))
    key = plan.data.key(plan.data.get("rfc", "rfc1"))
    assert [(i.id, [e.field for e in i.edits]) for i in narrowed(found, rfc=key).items] == [
        ("product1", ["name"])
    ]
    without = narrowed(found, rfc="none")
    assert [(i.id, [e.field for e in i.edits]) for i in without.items] == [
        ("product1", ["note"]), ("team1", ["name"]),
    ]  # fmt: skip
    assert not narrowed(found, by="nobody of that name") and narrowed(
        found, by=found.find("team", "team1").steps[0].who[:3]
    )
    with pytest.raises(PlanError, match="There is no change request “RFC-0” in either plan"):
        narrowed(found, rfc="RFC-0")


def test_narrowed_to_a_kind_its_parts_stay_and_what_they_belong_to_is_only_named():
    old = PlanData.of([row("risk", "R", "r"), kinds()["score"].make({"risk": "r", "sort": "target"}, "s")])
    new = edited(old, r={"name": "Other"}, s={"likelihood": 2})
    found = compare(old, new)
    assert [item.kind for item in narrowed(found, kinds=["risk"]).items] == ["risk", "score"]
    [risk] = narrowed(found, kinds=["score"]).groups[0].items
    assert (risk.op, risk.edits, [part.kind for part in risk.parts]) == ("kept", (), ["score"])


# -- scope


@pytest.fixture
def project():
    return PlanData.of(
        [
            row("institution", "NCSA", "ncsa"), row("institution", "SLAC", "slac"),
            row("person", "ann", "ann", institution="ncsa"), row("person", "ben", "ben", institution="slac"),
            row("wbs", "1", "one", institutions=("slac",)),
            row("wbs", "1.7", "seven", parent="one", institutions=("ncsa",), manager="ann"),
            row("wbs", "1.7.4", "four", parent="seven"),
            row("team", "LDF", "ldf", institution="ncsa", wbs=("seven",)),
            row("product", "NET", "net", wbs=("four",)), row("product", "WAN", "wan", parent="net"),
            row("product", "DAX", "dax", wbs=("one",), managers=("ben",)), row("product", "SUB", "sub", parent="dax"),
            row("role", "CAM", "cam"), kinds()["appointment"].make({"role": "cam", "person": "ann"}, "app"),
            row("risk", "R", "risk", owner="ann"), kinds()["score"].make({"risk": "risk", "sort": "target"}, "score"),
            row("acronym", "API", "api", meaning="x"),
        ]
    )  # fmt: skip


def changed_everywhere(data):
    """The plan with a field of every row set to something else."""
    new = data.copy()
    for kind in kinds():
        for id, one in data.rows(kind.name).items():
            field = next(
                f for f in ("note", "aka", "summary", "description", "position", "scope") if f in kind
            )
            new.replace(kind.name, id, changed(one, {field: ("x",) if field == "aka" else "x"}))
    return new


def scope(data, **wanted):
    return {item.id for item in narrowed(compare(data, changed_everywhere(data)), **wanted).items}


def test_to_a_wbs_element_belong_those_below_and_what_names_them(project):
    assert scope(project, wbs="1.7") == {"seven", "four", "ldf", "net", "wan"}
    assert scope(project, wbs="1.7.4") == {"four", "net", "wan"}


def test_to_an_institution_belongs_what_it_leads_who_works_there_and_what_is_theirs(project):
    assert scope(project, institution="NCSA") == {
        "ncsa", "ann", "seven", "four", "ldf", "net", "wan", "app", "risk", "score",
    }  # fmt: skip
    assert "dax" in scope(project, institution="SLAC") and "net" not in scope(project, institution="SLAC")


def test_to_a_person_belongs_what_they_own_manage_and_hold(project):
    assert scope(project, person="ann") == {"ann", "seven", "four", "cam", "app", "risk", "score"}
    assert scope(project, person="ben") == {"ben", "dax", "sub"}


def test_a_code_that_has_no_element_stands_for_the_nearest_above(project):
    data = edited(project, dax={"wbs": ("?1.7.4.03 (moving to 1.8)",), "managers": ()})
    assert {"dax", "sub"} <= scope(data, wbs="1.7.4") and "dax" in scope(data, institution="NCSA")


def test_what_left_a_scope_is_still_told_there(project):
    found = compare(project, edited(project, net={"wbs": ("one",)}))
    assert [item.id for item in narrowed(found, wbs="1.7.4").items] == ["net"]


def test_a_code_means_what_it_means_now_also_for_what_was_there_before(project):
    new = edited(project, four={"key": "1.7.5"}, seven={"key": "1.8"}, net={"note": "x"}, dax={"note": "x"})
    other = edited(new, one={"key": "1.7"})
    found = compare(project, other)
    assert {item.id for item in narrowed(found, wbs="1.7").items} == {"one", "seven", "four", "net", "dax"}
    assert {item.id for item in narrowed(found, wbs="1.8").items} == {"seven", "four", "net"}
    assert {item.id for item in narrowed(found, wbs="1.7.4").items} == {"four", "net"}


def test_a_scope_that_is_in_neither_state_is_refused(project):
    with pytest.raises(PlanError, match="There is no WBS element “9” in either plan"):
        narrowed(compare(project, project), wbs="9")
