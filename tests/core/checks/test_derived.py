from dmdesk.kinds import kinds
from tests.core.checks.plans import cured, found, joined, plan, product, row, words


def test_a_sound_plan_has_no_findings_of_the_derived_checks():
    data = plan(product("DM"), product("AP", parent="product DM", wbs=["wbs 1.02C"]))
    assert found(data, "field.empty", "link.dangling", "key.twice", "choice.unknown", "tree.circle") == []


def test_an_empty_required_field_is_found_with_its_label():
    data = plan(product("DM", name=""))
    assert words(data, "field.empty") == [("product DM", "“Name” is empty; a product needs one.")]


def test_an_empty_required_link_is_found():
    data = plan(row("requirement", "R1"), joined("trace", "t", requirement="requirement R1"))
    assert [(f.id, f.field) for f in found(data, "field.empty")] == [("t", "parent")]


def test_every_required_field_of_every_kind_is_looked_at():
    for kind in kinds():
        required = {field.name for field in kind.fields if field.required}
        empty = found(plan(kind.make({}, "bare")), "field.empty")
        assert {f.field for f in empty if f.id == "bare"} == required


def test_a_link_to_a_row_that_is_gone_is_found_and_its_fix_keeps_the_others():
    data = plan(product("DM", wbs=["wbs 1.02C", "gone"], uses=["nowhere"]))
    dangling = found(data, "link.dangling")
    assert [f.field for f in dangling] == ["wbs", "uses"]
    assert dangling[0].words == "“WBS elements” points at a WBS element that is no longer in the plan."
    assert cured(data, dangling[0]).get("product", "product DM").wbs == ("wbs 1.02C",)
    assert cured(data, dangling[1]).get("product", "product DM").uses == ()


def test_a_row_whose_parent_is_gone_is_an_orphan_that_may_stand_at_the_top():
    data = plan(product("DM", parent="nowhere"), product("AP", parent="?OFFLAP"))
    named, gone = found(data, "tree.orphan")
    assert gone.words == "This product is part of a product that is no longer in the plan; give it a place."
    assert named.words == "This product is part of “OFFLAP”, which names none; give it a place."
    assert cured(data, gone).get("product", "product DM").parent == ""
    assert {fix.way for fix in named.fixes} == {"create", "clear"}
    assert found(data, "link.dangling", "link.unresolved") == []


def test_roles_that_report_to_each_other_are_found():
    data = plan(row("role", "A", reports_to="role B"), row("role", "B", reports_to="role A"))
    expected = "“Reports to” leads back to itself: A → B → A; change one of them."
    assert words(data, "tree.circle") == [("role A", expected)]


def test_a_second_row_of_a_key_is_given_a_free_one_by_the_fix():
    again = kinds()["product"].make({"key": "DM", "name": "Again"}, "other")
    data = plan(product("DM"), product("DM-2"), again)
    assert cured(data, found(data, "key.twice")[0]).get("product", "other").key == "DM-3"


def test_a_word_that_begins_like_an_option_is_mended_to_it():
    data = plan(product("DM", kind="Softwares"))
    assert cured(data, found(data, "choice.unknown")[0]).get("product", "product DM").kind == "software"


def test_words_in_a_link_are_not_a_dangling_link():
    assert found(plan(product("DM", teams=["?Alert Production"])), "link.dangling") == []


def test_the_second_row_of_a_key_is_found():
    again = kinds()["product"].make({"key": "DM", "name": "Again"}, "other")
    data = plan(product("DM", name="Data Management"), again)
    assert words(data, "key.twice") == [
        ("other", "Key “DM” is that of “Data Management” as well; each needs its own.")
    ]


def test_empty_keys_are_not_the_same_key():
    rows = [kinds()["product"].make({"name": name}, name) for name in ("A", "B")]
    assert found(plan(*rows), "key.twice") == []


def test_the_same_trace_link_twice_is_found():
    link = {"requirement": "requirement R1", "parent": "requirement R2"}
    back = {"requirement": "requirement R2", "parent": "requirement R1"}
    requirements = [row("requirement", key) for key in ("R1", "R2")]
    data = plan(
        *requirements,
        joined("trace", "t1", **link),
        joined("trace", "t2", **link),
        joined("trace", "t3", **back),
    )
    assert words(data, "key.twice") == [("t2", "There is another trace link for the same: R1/R2.")]


def test_a_word_that_is_no_option_is_found():
    data = plan(product("DM", kind="firmware"), product("AP", kind="software"), product("L1", kind=""))
    expected = "Kind “firmware” is none of: group, software, hardware, service."
    assert words(data, "choice.unknown") == [("product DM", expected)]


def test_a_product_that_is_part_of_itself_is_found():
    data = plan(
        product("A", parent="product B"), product("B", parent="product A"), product("C", parent="product A")
    )
    expected = "This product is part of itself: A → B → A; give one of them another place."
    assert words(data, "tree.circle") == [("product A", expected)]
