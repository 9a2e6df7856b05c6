from tests.core.checks.plans import cured, found, plan, product, row, words


def section(body, key="risk"):
    return row("section", key, body=body)


DOCUMENT = row("document", "LDM-148", name="System design")
REFERENCE = row("reference", "LDM-148", name="System design", document="document LDM-148")


def test_a_reference_that_nothing_cites_is_found_and_removed():
    data = plan(section("Nothing."), DOCUMENT, REFERENCE)
    (finding,) = found(data, "reference.uncited")
    assert finding.id == "reference LDM-148"
    assert cured(data, finding).rows("reference") == {}


def test_a_reference_is_cited_by_a_text_by_its_handle_or_through_its_document():
    for more in (
        [section("See [[LDM-148]].")],
        [section("See [[reference:LDM-148]].")],
        [section("See LDM-148.")],
        [row("interface", "I", document="document LDM-148")],
    ):
        assert found(plan(DOCUMENT, REFERENCE, *more), "reference.uncited") == []


def test_a_cited_document_that_is_not_in_the_reference_list_is_added_to_it():
    data = plan(section("See [[LDM-148]] and [[LDM-294]]."), section("And [[LDM-148]].", "two"), DOCUMENT,
                row("document", "LDM-294"), row("plan", "LDM-294"))  # fmt: skip
    assert words(data, "reference.missing") == [
        ("section risk", "[[LDM-148]] is cited here, but is not in the reference list.")
    ]
    after = cured(data, found(data, "reference.missing")[0])
    assert after.find("reference", "LDM-148").document == "document LDM-148"
    assert found(after, "reference.missing", "reference.uncited") == []


def test_a_handle_that_is_no_document_is_found_once_for_all_texts():
    data = plan(DOCUMENT, section("By LDM-999 and LDM-148-2."), product("P", note="As LDM-999 says."))
    assert words(data, "prose.handle") == [
        (
            "section risk",
            "“LDM-999” is neither a document nor a reference of this plan (in 2 texts); add it, or correct the handle.",
        )
    ]
    assert found(cured(data, found(data, "prose.handle")[0]), "prose.handle") == []


def test_what_is_no_handle_of_this_plan_is_left_in_peace():
    texts = "RFC-361, DMS-REQ-0002, F-16, <https://x.org/LDM-999>, `LDM-998`, [[LDM-997]], a/LDM-996"
    assert found(plan(DOCUMENT, section(texts)), "prose.handle") == []
