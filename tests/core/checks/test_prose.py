import pytest

from dmdesk import checks
from dmdesk.kinds import changed
from dmdesk.plan import preview
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


def test_a_call_of_a_footnote_that_the_text_does_not_hold_is_found_and_taken_out():
    data = plan(section("One[^1], two[^9], `[^2]` and again[^9].\n\n[^1]: note"))
    (finding,) = found(data, "prose.footnote")
    assert finding.words == "The text has no footnote [^9]; write “[^9]: …” on a line of its own."
    after = cured(data, finding)
    assert after.get("section", "section risk").body == "One[^1], two, `[^2]` and again.\n\n[^1]: note"
    assert found(after, "prose.footnote") == []


def test_a_call_of_a_footnote_in_an_item_has_no_note_that_it_could_call():
    data = plan(row("role", "PM", responsibilities=["Leads[^1]", "[^1]: note"]))
    assert {f.field for f in found(data, "prose.footnote")} == {"responsibilities"}


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
        ("section risk", f"Placeholder text: “{placeholder}”; write what it stands for.")
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
    assert finding.words == "Placeholder text: “TBD” (2 times); write what it stands for."


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


def test_a_line_of_dots_alone_is_found():
    data = plan(section("First.\n\n...\n\nLast."))
    (finding,) = found(data, "prose.empty-item")
    assert cured(data, finding).get("section", "section risk").body == "First.\n\n\nLast."


def test_a_reference_in_other_capitals_is_written_right_by_its_fix():
    data = plan(section("See [[Ldm-148]], [[Ldm-148]]."), row("document", "LDM-148"))
    (finding,) = found(data, "prose.reference")
    assert [fix.title for fix in finding.fixes] == ["Write [[LDM-148]]", "Keep “Ldm-148” as plain words"]
    bodies = [preview(data, fix.changes).get("section", "section risk").body for fix in finding.fixes]
    assert bodies == ["See [[LDM-148]], [[LDM-148]].", "See Ldm-148, Ldm-148."]


def test_a_section_without_text_is_found_unless_it_holds_others():
    data = plan(section(""), row("section", "top"), row("section", "below", parent="section top", body="x"))
    assert [f.id for f in found(data, "section.empty")] == ["section risk"]


def test_a_text_that_changed_is_searched_again_and_no_other_is_forgotten():
    data = plan(section("TBD"), row("section", "two", body="fine"))
    assert [f.id for f in found(data, "prose.placeholder")] == ["section risk"]
    data.replace("section", "section two", changed(data.get("section", "section two"), {"body": "TBC"}))
    assert [f.id for f in found(data, "prose.placeholder")] == ["section risk", "section two"]
    data.replace("section", "section risk", changed(data.get("section", "section risk"), {"body": ""}))
    assert [f.id for f in found(data, "prose.placeholder")] == ["section two"]


def test_an_accepted_placeholder_is_not_found_again_in_the_words_that_quote_it():
    data = plan(section("TBD, and [[nowhere]]"))
    for code in ("prose.placeholder", "prose.reference"):
        data = preview(data, checks.accept(data, found(data, code), "Known"))
        assert [f.level for f in found(data, code)] == ["accepted"]
