import pytest

from tests.core.checks.plans import cured, found, plan, product, row, words


def section(body):
    return row("section", "risk", body=body)


def test_references_to_rows_of_any_kind_are_fine():
    body = "See [[risk]], [[product:DM]], [[DM]] and [[1.02C.07.04]]; [[ ann ]] leads."
    assert found(plan(section(body), product("DM")), "prose.reference") == []


def test_a_reference_that_names_nothing_is_found_once():
    data = plan(section("See [[LDM-999]] and again [[LDM-999]], or [[wbs:DM]]."), product("DM"))
    assert words(data, "prose.reference") == [
        ("section risk", "[[LDM-999]] names nothing in this plan."),
        ("section risk", "[[wbs:DM]] names nothing in this plan."),
    ]


def test_references_in_lists_of_responsibilities_are_read_too():
    data = plan(row("role", "PM", responsibilities=["Keeps [[nothing]]"]))
    assert [(f.field, f.level) for f in found(data, "prose.reference")] == [("responsibilities", "error")]


def test_code_is_not_searched_for_references():
    body = "Write `[[key]]` to refer.\n\n```\n[[also this]]\n```\n"
    assert found(plan(section(body)), "prose.reference") == []


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("The limit is TBD.", "TBD"),
        ("The limit (TBC) holds.", "TBC"),
        ("Baselined as LDM-xxx soon.", "LDM-xxx"),
        (
            "See **cite the project-level R2A2 document, once issued**.",
            "cite the project-level R2A2 document, once issued",
        ),
        ("The date is to be determined.", "to be determined"),
        ("TO BE CONFIRMED", "TO BE CONFIRMED"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("Owner: ???", "???"),
        ("TODO: write", "TODO"),
        ("[Insert name here] leads", "[Insert name here]"),
    ],
)
def test_placeholder_text_is_found(text, placeholder):
    assert words(plan(section(text)), "prose.placeholder") == [
        ("section risk", f"Placeholder text: “{placeholder}”.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "An outbreak of stbds.",
        "The orbit to be determined from alerts",
        "A todo list",
        "Level 2–XX-ray",
        "What?? Yes",
    ],
)
def test_plain_text_is_no_placeholder(text):
    assert found(plan(section(text)), "prose.placeholder") == []


def test_a_placeholder_that_stands_twice_is_one_finding():
    (finding,) = found(plan(section("TBD and TBD")), "prose.placeholder")
    assert finding.words == "Placeholder text: “TBD” (2 times)."


def test_placeholders_in_titles_are_found():
    assert [f.field for f in found(plan(product("P", name="TBD")), "prose.placeholder")] == ["name"]


def test_an_item_of_dots_is_taken_out_by_its_fix():
    data = plan(row("role", "PM", responsibilities=["Leads", "…", "Says … and goes on"]))
    (finding,) = found(data, "prose.empty-item")
    assert finding.words == "A list item says nothing but “…”; finish it or take it out."
    after = cured(data, finding)
    assert after.get("role", "role PM").responsibilities == ("Leads", "Says … and goes on")
    assert found(after, "prose.empty-item") == []


def test_a_list_line_of_dots_in_a_text_is_taken_out_by_its_fix():
    data = plan(section("Things:\n\n- one\n- ...\n- two … three"))
    (finding,) = found(data, "prose.empty-item")
    assert cured(data, finding).get("section", "section risk").body == "Things:\n\n- one\n- two … three"
