from tests.core import pictures
from tests.core.checks.plans import cured, found, plan, row, words


def section(body):
    return row("section", "s", body=body)


def test_a_part_that_names_nothing_or_is_none_is_found():
    data = plan(section("{{role PM}}\n\n{{role}}\n\n{{rolls}}\n\n{{products}}"))
    assert words(data, "section.part") == [
        ("section s", "{{role PM}} cannot be filled in: it names no role of this plan."),
        ("section s", "{{role}} cannot be filled in: it should name the role it is about."),
        ("section s", "{{rolls}} cannot be filled in: there is no such part."),
    ]


def test_taking_the_part_out_of_the_text_cures_it_and_leaves_the_rest():
    data = plan(section("Before.\n\n{{role PM}}\n\nAfter."))
    finding = found(data, "section.part")[0]
    after = cured(data, finding)
    assert "role PM" not in after.rows("section")["section s"].body
    assert "Before." in after.rows("section")["section s"].body


def test_a_part_within_a_line_is_printed_as_typed_and_found():
    assert len(found(plan(section("See {{products}} here.")), "section.part-inline")) == 1
    assert found(plan(section("See `{{products}}` here.\n\n{{products}}")), "section.part-inline") == []


def test_a_figure_that_no_section_places_is_found():
    figures = [row("figure", "a"), row("figure", "b")]
    assert [f.id for f in found(plan(section("{{figure a}}"), *figures), "figure.unplaced")] == ["figure b"]


def test_a_figure_that_should_be_a_picture_and_has_none_is_found():
    figures = [
        row("figure", "a", drawing="picture"),
        row("figure", "b", drawing="picture", picture=pictures.SMALL[0]),
        row("figure", "c", drawing="milestones"),
    ]
    assert [f.id for f in found(plan(*figures), "figure.no-picture")] == ["figure a"]


def test_a_picture_that_is_broken_is_found_and_can_be_removed():
    broken = pictures.broken()
    data = plan(
        row("plan", "P", logo=broken), row("figure", "a", drawing="picture", picture=broken),
        row("figure", "b", drawing="picture", picture=pictures.SMALL[0]),
    )  # fmt: skip
    findings = found(data, "picture.broken")
    assert sorted((f.id, f.field) for f in findings) == [("figure a", "picture"), ("plan P", "logo")]
    for finding in findings:
        data = cured(data, finding)
    assert found(data, "picture.broken") == []
