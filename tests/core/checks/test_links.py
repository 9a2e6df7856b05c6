import pytest

from dmdesk.checks.links import note_in, well_formed
from dmdesk.checks.naming import named
from dmdesk.kinds import derived_id, kinds
from dmdesk.plan import preview
from tests.core.checks.plans import cured, found, plan, product, row, words

LINK_CHECKS = ("wbs.unknown", "wbs.malformed", "link.note", "link.several", "link.unresolved")


def of(data, id="product P"):
    return data.get("product", id)


def test_links_that_lead_somewhere_are_no_findings():
    assert found(plan(product("P", wbs=["wbs 1.02C.07.04"])), *LINK_CHECKS) == []


def test_an_unknown_wbs_code_is_named_with_the_nearest_element_and_linked_to_it_by_the_fix():
    data = plan(product("P", wbs=["wbs 1.02C", "?1.02C.07.04.06"]))
    (finding,) = found(data, *LINK_CHECKS)
    assert (finding.code, finding.level, finding.kind, finding.field) == (
        "wbs.unknown",
        "warning",
        "product",
        "wbs",
    )
    assert finding.words == "“1.02C.07.04.06” is not a WBS element; the nearest is 1.02C.07.04."
    assert of(cured(data, finding)).wbs == ("wbs 1.02C", "wbs 1.02C.07.04")


def test_an_unknown_wbs_code_without_any_element_above_can_be_added_kept_or_removed():
    data = plan(product("P", wbs=["?9.99X.01"]))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.words == "“9.99X.01” is not a WBS element, nor is any code above it."
    assert [fix.way for fix in finding.fixes] == ["create", "keep the words", "clear"]


def test_an_unknown_wbs_code_can_be_linked_noted_added_kept_or_removed():
    data = plan(product("P", wbs=["wbs 1.02C", "?1.02C.07.04.06"]))
    (finding,) = found(data, *LINK_CHECKS)
    after = {fix.way: of(preview(data, fix.changes)) for fix in finding.fixes}
    assert after["link the nearest"].wbs == ("wbs 1.02C", "wbs 1.02C.07.04")
    assert after["link the nearest and note"].note == "WBS elements: 1.02C.07.04.06"
    assert (after["keep the words"].wbs, after["keep the words"].note) == (
        ("wbs 1.02C",),
        "WBS elements: 1.02C.07.04.06",
    )
    assert (after["clear"].wbs, after["clear"].note) == (("wbs 1.02C",), "")
    made = preview(data, finding.fixes[2].changes).find("wbs", "1.02C.07.04.06")
    assert (made.parent, after["create"].wbs) == ("wbs 1.02C.07.04", ("wbs 1.02C", made.id))


def test_a_person_nobody_knows_can_be_linked_to_the_nearest_or_added():
    data = plan(product("P", owners=["?Ann Itto"]))
    (finding,) = found(data, *LINK_CHECKS)
    nearest, create = finding.fixes[:2]
    assert (nearest.title, of(preview(data, nearest.changes)).owners) == ("Link “Ann Ito”", ("person ann",))
    after = preview(data, create.changes)
    (owner,) = of(after).owners
    assert (after.get("person", owner).key, after.get("person", owner).name) == ("itto", "Ann Itto")


@pytest.mark.parametrize("code", ["1.02C.07.04.01A", "user workspace", "1.02C.7.04", "1.02C..04", "02C.07"])
def test_words_unlike_the_plans_wbs_codes_are_malformed(code):
    (finding,) = found(plan(product("P", wbs=[f"?{code}"])), *LINK_CHECKS)
    assert (finding.code, finding.level) == ("wbs.malformed", "error")
    assert finding.words.startswith(f"“{code}” is not written like a WBS code of this plan")


def test_a_letter_is_well_formed_where_the_plan_has_letters():
    data = plan(row("wbs", "1.02C.07.04.01A"))
    assert well_formed(data, "1.02C.07.04.02B")
    assert well_formed(data, "1.02C.07.04.02B.03C")
    assert not well_formed(data, "1.02C.07A")


def test_a_note_in_a_wbs_cell_is_moved_to_the_note_by_the_fix():
    data = plan(product("P", wbs=["?1.02C.07.04 (moving to 1.02C.08)"], note="Keep me."))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.code == "link.note"
    assert (
        finding.words
        == "“1.02C.07.04 (moving to 1.02C.08)” holds a note: “moving to 1.02C.08”; it belongs in “Note”."
    )
    after = of(cured(data, finding))
    assert after.wbs == ("wbs 1.02C.07.04",)
    assert after.note == "Keep me.\nWBS elements: 1.02C.07.04 (moving to 1.02C.08)"


def test_a_note_after_a_name_nobody_knows_keeps_the_name_as_words():
    data = plan(product("P", managers=["?Jo Nobody (until May)"]))
    (finding,) = found(data, *LINK_CHECKS)
    after = of(cured(data, finding))
    assert after.managers == ("?Jo Nobody",)
    assert after.note == "Manager: Jo Nobody (until May)"


def test_a_note_in_a_kind_without_a_place_for_notes_can_be_dropped():
    data = plan(row("document", "LDM-1", owner="?Ann Ito (for now)"))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.words == "“Ann Ito (for now)” holds a note: “for now”; keep only the name here."
    assert cured(data, finding).get("document", "document LDM-1").owner == "person ann"


def test_a_bracketed_abbreviation_is_no_note():
    assert note_in("Data Access Center (DAC)") is None
    assert note_in("Ann Ito (acting)") == ("Ann Ito", "acting")
    assert note_in("Ann Ito") is None


def test_several_people_in_one_cell_are_taken_apart_by_the_fix():
    data = plan(product("P", owners=["?Ann Ito/Cy Young"]))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.code == "link.several"
    assert finding.words == "“Ann Ito/Cy Young” names 2 at once; each should stand by itself."
    assert of(cured(data, finding)).owners == ("person ann", "?Cy Young")


def test_of_several_people_where_one_belongs_one_is_chosen():
    data = plan(row("document", "LDM-1", owner="?Ann Ito and Ben Okri"))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.code == "link.several"
    chosen = [preview(data, fix.changes).get("document", "document LDM-1").owner for fix in finding.fixes]
    assert chosen == ["person ann", "person ben", ""]
    assert finding.words == "“Ann Ito and Ben Okri” names 2 at once; “Owner” has room for one."


def test_several_codes_in_one_cell_are_taken_apart_only_when_all_exist():
    known = plan(product("P", wbs=["?1.02C.07, 1.02C.07.04"]))
    (finding,) = found(known, *LINK_CHECKS)
    assert of(cured(known, finding)).wbs == ("wbs 1.02C.07", "wbs 1.02C.07.04")
    (finding,) = found(plan(product("P", wbs=["?1.02C.07, 9.99"])), *LINK_CHECKS)
    assert finding.code == "wbs.malformed"


def test_words_that_name_nothing_are_found():
    data = plan(product("P", teams=["?DMSST"]))
    assert words(data, "link.unresolved") == [("product P", "“DMSST” is not a team of this plan.")]


def test_words_that_are_the_key_of_another_kind_say_so():
    data = plan(product("P", teams=["?DMSST"]), row("group", "DMSST", name="System Science Team"))
    expected = "“DMSST” is not a team of this plan; there is a group of that key: “System Science Team”."
    assert words(data, "link.unresolved") == [("product P", expected)]


def test_words_that_do_name_a_row_are_linked_by_the_fix():
    data = plan(product("P", managers=["?ann  ITO"]))
    (finding,) = found(data, *LINK_CHECKS)
    assert finding.words == "“ann  ITO” is not linked, but names “Ann Ito”."
    assert of(cured(data, finding)).managers == ("person ann",)


def test_another_name_finds_its_row_and_a_name_of_two_finds_none():
    jo = kinds()["person"].make({"key": "jo", "name": "Jo March", "aka": ["J. March"]}, "jo")
    data = plan(jo, row("person", "jm1", name="J M"), row("person", "jm2", name="J M"))
    assert named(data, "person", "j. march") is jo
    assert named(data, "person", "J M") is None
    assert named(data, "person", "jm2") is data.get("person", "person jm2")


def test_after_every_fix_the_same_check_is_content():
    data = plan(
        product(
            "P", wbs=["?1.02C.07.04.06", "?1.02C.07 (old)", "?1.02C.07.04.9A"], owners=["?Ann Ito/Ben Okri"]
        )
    )
    for finding in found(data, *LINK_CHECKS):
        after = cured(data, finding)
        assert finding.words not in [f.words for f in found(after, finding.code)]


def test_a_code_that_an_element_had_before_it_was_renamed_can_be_added_again():
    old = kinds()["wbs"].make({"key": "1.02C.09", "name": "Renamed"}, derived_id("wbs", "1.02C.08"))
    data = plan(old, product("P", wbs=["?1.02C.08"]))
    (finding,) = found(data, "wbs.unknown")
    create = next(fix for fix in finding.fixes if fix.way == "create")
    after = preview(data, create.changes)
    assert after.find("wbs", "1.02C.08").id in of(after).wbs and after.find("wbs", "1.02C.09") == old
