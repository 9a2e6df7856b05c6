from tests.core.checks.plans import found, joined, plan, row


def requirements():
    lower = {"source": "document LSE-61"}
    return [
        row("document", "LSE-61"),
        row("document", "LSE-30"),
        row("requirement", "OSS-1", source="document LSE-30"),
        row("requirement", "OSS-2", source="document LSE-30"),
        row("requirement", "DMS-1", **lower),
        row("requirement", "DMS-2", **lower),
        row("requirement", "DMS-10", **lower),
        row("requirement", "DMS-3", **lower, derived="It is about us alone."),
        joined("trace", "t", requirement="requirement DMS-1", parent="requirement OSS-1"),
    ]


def test_requirements_that_trace_nowhere_are_found_in_their_natural_order():
    untraced = found(plan(*requirements()), "requirement.untraced")
    assert [(f.id, f.level) for f in untraced] == [
        ("requirement DMS-2", "warning"),
        ("requirement DMS-10", "warning"),
    ]


def test_requirements_of_a_document_at_the_top_need_no_trace():
    data = plan(*requirements())
    assert not any(f.id.startswith("requirement OSS") for f in found(data, "requirement.untraced"))


def test_a_requirement_that_says_why_it_has_none_is_content():
    assert "requirement DMS-3" not in [f.id for f in found(plan(*requirements()), "requirement.untraced")]
