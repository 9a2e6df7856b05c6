"""Names: what a row was called before is still found, listed once, and never what it is called now."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk.changes import applied, put
from dmdesk.kinds import kinds
from dmdesk.naming import AKA, folded, renamed
from tests.core import rows
from tests.core.checks.plans import row

CAMERA = row("product", "CAM", name="Camera", aka=["Old camera"])


def test_an_old_name_joins_the_other_names():
    assert renamed(CAMERA, {"name": "Imager"}) == {"name": "Imager", AKA: ("Old camera", "Camera")}


def test_an_old_key_joins_the_other_names():
    assert renamed(CAMERA, {"key": "IMG", "name": "Imager"})[AKA] == ("Old camera", "CAM", "Camera")


def test_a_name_that_differs_in_case_or_blanks_only_is_no_other_name():
    assert renamed(CAMERA, {"name": " CAMERA "}) == {"name": " CAMERA "}


def test_a_name_that_is_known_already_is_not_listed_twice():
    named = row("product", "CAM", name="Camera", aka=["camera"])
    assert AKA not in renamed(named, {"name": "Imager"})


def test_a_name_taken_up_again_leaves_the_other_names():
    assert renamed(CAMERA, {"name": "Old Camera"}) == {"name": "Old Camera", AKA: ("Camera",)}


def test_an_old_name_that_is_the_key_still_is_not_listed():
    assert AKA not in renamed(row("product", "X", name="x"), {"name": "Example"})


def test_an_empty_name_leaves_nothing_behind():
    assert renamed(row("product", "", name=""), {"key": "A", "name": "B"}) == {"key": "A", "name": "B"}


def test_other_fields_and_kinds_without_other_names_are_left_alone():
    assert renamed(CAMERA, {"note": "x"}) == {"note": "x"}
    assert renamed(row("team", "T", name="Team"), {"name": "Crew"}) == {"name": "Crew"}


def test_other_names_given_at_the_same_time_are_kept():
    assert renamed(CAMERA, {"name": "Imager", AKA: ["Eye"]})[AKA] == ("Eye", "Camera")


@given(st.data())
def test_after_any_renaming_every_earlier_name_is_known(data):
    kind = kinds()[data.draw(st.sampled_from(["product", "wbs", "person", "role", "milestone"]))]
    one = kind.make({name: data.draw(rows.any_text) for name in (kind.key, kind.title)})
    was = {getattr(one, kind.key), getattr(one, kind.title)}
    for _ in range(3):
        name = data.draw(st.sampled_from([kind.key, kind.title]))
        one = applied(one, put(one, renamed(one, {name: data.draw(rows.any_text)})))
        was |= {getattr(one, kind.key), getattr(one, kind.title)}
    others = [folded(other) for other in one.aka]
    known = {*others, folded(getattr(one, kind.key)), folded(getattr(one, kind.title))}
    assert {folded(name) for name in was} - {""} <= known
    assert len(others) == len(set(others))
