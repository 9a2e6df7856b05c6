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


def test_requirements_that_trace_to_each_other_are_found_once():
    rows = [row("requirement", key) for key in ("A", "B", "C")]
    pairs = [("A", "B"), ("B", "A"), ("B", "C")]
    traces = [
        joined("trace", f"{a}{b}", requirement=f"requirement {a}", parent=f"requirement {b}")
        for a, b in pairs
    ]
    assert [f.id for f in found(plan(*rows, *traces), "requirement.circle")] == ["requirement A"]
    assert found(plan(*rows, traces[0], traces[2]), "requirement.circle") == []


def test_a_requirement_without_a_source_is_found_where_others_have_one():
    data = plan(*requirements(), row("requirement", "X"))
    assert [f.id for f in found(data, "requirement.sourceless")] == ["requirement X"]
    assert found(plan(row("requirement", "X")), "requirement.sourceless") == []
