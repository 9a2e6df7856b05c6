"""Renumbering: all that names a code follows, nothing else does, and one undo brings everything back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk import checks, schema
from dmdesk.errors import PlanError
from dmdesk.exchange import text as as_text
from dmdesk.exchange.sample import SAMPLE
from dmdesk.kinds import kinds
from dmdesk.plan import Plan, preview
from dmdesk.reading import PlanData
from dmdesk.renumber import Renumbering, moved
from tests.core import rows
from tests.core.checks.plans import joined, product, row

WBS = [
    row("wbs", "1.02C"),
    row("wbs", "1.02C.07", parent="wbs 1.02C"),
    row("wbs", "1.02C.07.04", parent="wbs 1.02C.07", name="Base", aka=["Old base"]),
    row("wbs", "1.02C.07.04.01", parent="wbs 1.02C.07.04"),
    row("wbs", "1.02C.07.041", parent="wbs 1.02C.07"),
    row("wbs", "1.02C.07.04.99", parent="wbs 1.02C.08", name="Elsewhere"),
    row("wbs", "1.02C.08", parent="wbs 1.02C"),
    row("wbs", "9"),
]

LINKS = ("prose.reference", "wbs.unknown", "wbs.malformed", "link.note")


def plan_of(*more) -> PlanData:
    return PlanData.of([*WBS, *more])


def move(data: PlanData, old: str = "1.02C.07.04", new: str = "1.02C.08.05", below=None) -> PlanData:
    return preview(data, moved(data, data.find("wbs", old), new, below).changes)


def test_an_element_and_all_below_it_get_new_codes_and_keep_the_old_ones_as_other_names():
    data = plan_of()
    done = moved(data, data.find("wbs", "1.02C.07.04"), "1.02C.08.05")
    assert done.codes == [("1.02C.07.04", "1.02C.08.05"), ("1.02C.07.04.01", "1.02C.08.05.01")]
    after = preview(data, done.changes)
    assert after.find("wbs", "1.02C.08.05").aka == ("Old base", "1.02C.07.04")
    assert after.find("wbs", "1.02C.08.05.01").aka == ("1.02C.07.04.01",)
    assert after.find("wbs", "1.02C.07.04") is None


def test_the_parent_follows_from_the_code():
    assert move(plan_of()).find("wbs", "1.02C.08.05").parent == "wbs 1.02C.08"
    assert move(plan_of(), new="1.02C.10.01").find("wbs", "1.02C.10.01").parent == "wbs 1.02C", "the nearest"
    assert move(plan_of(), new="7.1").find("wbs", "7.1").parent == "wbs 1.02C.07", "none: it stays"


def test_a_parent_that_is_named_comes_before_what_the_code_says():
    data = plan_of()
    assert move(data, below=data.find("wbs", "9")).find("wbs", "1.02C.08.05").parent == "wbs 9"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see [[1.02C.07.04]].", "see [[1.02C.08.05]]."),
        ("see [[wbs:1.02C.07.04.01]]", "see [[wbs:1.02C.08.05.01]]"),
        ("[[ 1.02C.07.04 ]]", "[[ 1.02C.08.05 ]]"),
        ("Work in 1.02C.07.04.", "Work in 1.02C.08.05."),
        ("(1.02C.07.04, 1.02C.07.04.01)", "(1.02C.08.05, 1.02C.08.05.01)"),
        ("1.02C.07.04.06 has no element", "1.02C.08.05.06 has no element"),
        ("1.02C.07.041 and 1.02C.07", "1.02C.07.041 and 1.02C.07"),
        ("1.02C.07.04.99 and 1.02C.07.04.99.1", "1.02C.07.04.99 and 1.02C.07.04.99.1"),
        ("x1.02C.07.04 11.02C.07.04 1.02C.07.04x", "x1.02C.07.04 11.02C.07.04 1.02C.07.04x"),
        ("https://example.org/1.02C.07.04/", "https://example.org/1.02C.07.04/"),
        ("[[product:1.02C.07.04]] 1.02C.07.04.pdf", "[[product:1.02C.07.04]] 1.02C.07.04.pdf"),
        ("[[Base]] [[9]] 9", "[[Base]] [[9]] 9"),
    ],
)
def test_whole_codes_in_texts_follow_and_nothing_else(before, after):
    data = plan_of(row("section", "s", body=before), row("role", "R", responsibilities=[before, "none"]))
    new = move(data)
    assert new.find("section", "s").body == after
    assert new.find("role", "R").responsibilities == (after, "none")


def test_a_code_of_one_part_follows_in_references_only():
    data = plan_of(row("section", "s", body="9 people: [[9]], [[wbs:9]], 9.1"))
    assert move(data, "9", "10").find("section", "s").body == "9 people: [[10]], [[wbs:10]], 10.1"


def test_a_reference_that_means_something_else_stays():
    data = plan_of(row("product", "1.02C.07.04"), row("section", "s", body="[[1.02C.07.04]]"))
    assert move(data).find("section", "s").body == "[[1.02C.07.04]]"


def test_words_in_place_of_a_link_become_finer_under_the_new_code():
    data = plan_of(
        product("A", wbs=["wbs 1.02C.07.04", "?1.02C.07.04.06", "?1.02C.07.04.03 (moving to 1.02C.08)"])
    )
    assert move(data).find("product", "A").wbs == (
        "wbs 1.02C.07.04", "?1.02C.08.05.06", "?1.02C.08.05.03 (moving to 1.02C.08)"
    )  # fmt: skip


def test_the_change_record_and_other_names_tell_of_old_and_stay():
    data = plan_of(
        row("revision", "1", date="2017-01-01", description="Split 1.02C.07.04"),
        product("A", aka=["1.02C.07.04"], repositories=["1.02C.07.04"]),
    )
    assert [kinds()[change.kind].name for change in moved(data, WBS[2], "1.02C.08.05").changes] == [
        "wbs",
        "wbs",
    ]


def test_each_place_that_follows_is_named_with_its_words():
    section = row("section", "s", title="On 1.02C.07.04", body="[[1.02C.07.04.01]], 1.02C.07.04")
    data = plan_of(section)
    places = moved(data, WBS[2], "1.02C.08.05").references
    assert [place for place in places if place[0] is section] == [
        (section, "title", "1.02C.07.04", "1.02C.08.05"),
        (section, "body", "1.02C.07.04.01", "1.02C.08.05.01"),
        (section, "body", "1.02C.07.04", "1.02C.08.05"),
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("1.02C.08", "1.02C.08 is the code of “1.02C.08” already; nothing was changed."),
        ("1.02C.07.041", "1.02C.07.041 is the code of “1.02C.07.041” already; nothing was changed."),
        ("1.02C.07.04", "“Base” has the code 1.02C.07.04 already; nothing was changed."),
        ("1.02C.07.04.05", "1.02C.07.04 cannot be moved below itself; choose another code."),
        ("", "“” is not written like a WBS code"),
        ("1.02C..5", "“1.02C..5” is not written like a WBS code"),
        ("1.02C.08.05 ?", "“1.02C.08.05 ?” is not written like a WBS code"),
    ],
)
def test_a_code_that_cannot_be_is_refused_in_a_sentence(new, sentence):
    with pytest.raises(PlanError, match=re.escape(sentence)):
        moved(plan_of(), WBS[2], new)


def test_a_code_below_that_is_taken_is_refused_as_well():
    data = plan_of(row("wbs", "1.02C.08.05.01", name="Taken", parent="wbs 1.02C.08"))
    with pytest.raises(PlanError, match=r"1\.02C\.08\.05\.01 is the code of “Taken” already"):
        moved(data, WBS[2], "1.02C.08.05")


def test_an_element_cannot_be_put_below_one_of_its_own():
    data = plan_of()
    with pytest.raises(PlanError, match="cannot be moved below itself"):
        moved(data, WBS[2], "1.02C.08.05", data.find("wbs", "1.02C.07.04.01"))


def test_there_and_back_again_leaves_texts_links_and_places_as_they_were():
    data = plan_of(
        row("section", "s", body="[[1.02C.07.04]] 1.02C.07.04.01 1.02C.07.04.77"),
        product("A", wbs=["?1.02C.07.04.06"]),
    )
    there = move(data)
    back = move(there, "1.02C.08.05", "1.02C.07.04")
    for kind in ("section", "product"):
        assert back.rows(kind) == data.rows(kind)
    assert back.find("wbs", "1.02C.07.04").aka == ("Old base", "1.02C.08.05")


def test_the_sample_plan_is_renumbered_in_one_step_and_undone(tmp_path):
    data = as_text.read(SAMPLE)
    schema.create(tmp_path / "s.dmplan", data)
    with Plan.open(tmp_path / "s.dmplan") as plan:
        before = rows.state(plan.data)
        findings = len(checks.run(plan.data, LINKS))
        done = moved(plan.data, plan.data.find("wbs", "1.02C.07"), "1.02C.11")
        plan.step("Renumber", done.changes)
        assert len(done.codes) > 5
        assert all(new.startswith("1.02C.11") for _, new in done.codes)
        left = [
            (row.id, field.name)
            for kind in kinds()
            for row in plan.data.rows(kind.name).values()
            for field in kind.fields
            if field.name != "aka" and "1.02C.07" in str(getattr(row, field.name))
        ]
        assert left == []
        assert len(checks.run(plan.data, LINKS)) == findings
        plan.undo()
        assert rows.state(plan.data) == rows.on_disk(plan.path) == before


CODES = st.sampled_from(
    ["1", "2", "1.1", "1.1.1", "1.1.1.2", "1.2", "1.10", "2.1", "3", "3.1.1", "1.1x", "", "a b"]
)
MENTIONS = st.lists(
    CODES | st.sampled_from(["[[1.1]]", "[[wbs:1.1.1]]", "?", ".", "(", "é"]), max_size=5
).map(" ".join)


@st.composite
def numbered(draw: st.DrawFn) -> PlanData:
    """A plan of some elements whose parents are those before them, or none, and texts that mention codes."""
    data = PlanData()
    for number, code in enumerate(draw(st.lists(CODES, min_size=1, max_size=8))):
        parent = draw(st.sampled_from(["", *data.rows("wbs")]))
        one = kinds()["wbs"].make(
            {"key": code, "name": "N", "parent": parent, "dictionary": draw(MENTIONS)}, f"w{number}"
        )
        data.replace("wbs", one.id, one)
    links = draw(st.lists(MENTIONS.map("?".__add__) | st.sampled_from(list(data.rows("wbs"))), max_size=3))
    for one in (
        product("P", wbs=links, managers=[], owners=[]),
        joined("trace", "t", rationale=draw(MENTIONS)),
    ):
        data.replace(kinds()["product" if one.id != "t" else "trace"].name, one.id, one)
    return data


@given(numbered(), st.data())
def test_any_renumbering_is_one_step_that_undo_takes_back_or_a_sentence(data, draw):
    element = data.get("wbs", draw.draw(st.sampled_from(list(data.rows("wbs")))))
    parent = draw.draw(st.none() | st.sampled_from(list(data.rows("wbs").values())))
    before = rows.state(data)
    try:
        done: Renumbering = moved(data, element, draw.draw(CODES), parent)
    except PlanError as error:
        assert str(error).endswith(".")
        return
    finally:
        assert rows.state(data) == before
    after = preview(data, done.changes)
    assert after.key(after.rows("wbs")[element.id]) == done.codes[0][1]
    assert rows.dangling(after) == rows.dangling(data)
    untouched = data.rows("wbs").keys() - {change.id for change in done.changes}
    assert all(after.get("wbs", id) == data.get("wbs", id) for id in untouched)
    taken = [key for key in map(data.key, data.rows("wbs").values()) if key]
    left = [key for key in map(after.key, after.rows("wbs").values()) if key]
    assert len(left) - len(set(left)) <= len(taken) - len(set(taken)), "no code became double"
