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


def test_a_reference_to_a_figure_that_no_section_places_is_found_where_it_stands_and_cured_by_placing_it():
    figures = [row("figure", "a", section="section t"), row("figure", "b")]
    other = row("section", "t", body="Other words.\n")
    data = plan(section("See [[a]], [[figure:a]] and [[b]].\n\n{{figure b}}"), other, *figures)
    findings = found(data, "prose.figure")
    assert [(f.id, f.field) for f in findings] == [("section s", "body")] * 2
    assert findings[0].words == "[[a]] is a figure that no section prints; write {{figure a}} in one."
    after = cured(data, findings[0])
    assert after.get("section", "section t").body == "Other words.\n\n{{figure a}}"
    assert found(after, "prose.figure", "figure.unplaced") == []


def test_a_figure_without_a_section_of_its_own_is_placed_where_it_is_spoken_of():
    data = plan(
        section("See [[a]]."), row("figure", "a"), row("role", "PM", responsibilities=["Draws [[a]]"])
    )
    one, other = found(data, "prose.figure")
    assert (one.kind, other.fixes) == ("section", ())
    assert found(cured(data, one), "prose.figure") == []
