import re

import pytest

from dmdesk.exchange import text
from dmdesk.kinds import kinds
from dmdesk.manuscript import outline
from dmdesk.manuscript.blocks import Facts, Grid, Items, Paragraph, plain
from dmdesk.manuscript.parts import parts, problem
from dmdesk.reading import PlanData
from tests.core.report.pdf import row
from tests.house.tree import ROOT


@pytest.fixture(scope="module")
def sample() -> PlanData:
    return text.read(ROOT / "sample_db" / "ldm-294")


def made(data: PlanData, name: str, about: str = "") -> list:
    part = parts()[name]
    assert part.make is not None
    return list(part.make(data, data.find(part.about, about) if about else None))


def facts(blocks: list) -> dict[str, str]:
    return {
        label: plain(words) for block in blocks if isinstance(block, Facts) for label, words in block.pairs
    }


def test_a_role_says_who_holds_it_to_whom_it_reports_and_what_it_may_do(sample):
    blocks = made(sample, "role", "DDMPM")
    said = facts(blocks)
    assert said["Held by"] == "John Swinbank"
    assert said["Reports to"] == "DM Project Manager"
    labels = [plain(block.words) for block in blocks if isinstance(block, Paragraph) and block.label]
    assert labels == ["Responsibilities", "Authorities"]


def test_a_role_that_nobody_holds_says_so():
    role = row("role", key="X", name="Nobody's")
    assert facts(made(PlanData.of([role]), "role", "X"))["Held by"] == "nobody at present"


def test_only_those_who_hold_a_role_on_the_plans_day_are_named():
    role = row("role", key="X", name="Role")
    people = [row("person", key=key, name=key) for key in ("old", "now", "later")]
    held = [
        row("appointment", role=role.id, person=people[0].id, start="2010-01-01", end="2015-12-31"),
        row("appointment", role=role.id, person=people[1].id, start="2016-01-01"),
        row("appointment", role=role.id, person=people[2].id, start="2020-01-01"),
    ]
    data = PlanData.of([row("plan", title="P", date="2017-06-30"), role, *people, *held])
    assert facts(made(data, "role", "X"))["Held by"] == "now"


def test_a_group_lists_its_members_the_chair_first(sample):
    blocks = made(sample, "group", "DMCCB")
    labels = [plain(block.words) if isinstance(block, Paragraph) else "" for block in blocks]
    members = blocks[labels.index("Members") + 1]
    assert isinstance(members, Items)
    words = [plain(item[0].words) for item in members.items if isinstance(item[0], Paragraph)]
    assert len(words) == 7
    assert words[0].startswith("Systems Engineer")
    assert words[0].endswith("(chair)")


def test_the_leads_of_the_wbs_are_the_elements_just_below_the_whole(sample):
    (table,) = made(sample, "wbs-leads")
    assert isinstance(table, Grid)
    assert [plain(cells[0]) for cells in table.rows] == [f"1.02C.{n:02}" for n in range(1, 11)]
    assert plain(table.rows[2][2]) == "University of Washington"


def test_a_requirement_that_should_be_traced_and_is_not_is_marked_and_counted(sample):
    (grid,) = (
        one
        for one in parts()["requirements"].make(sample, sample.find("document", "LSE-61"))
        if isinstance(one, Grid)
    )
    assert plain(grid.caption) == "Requirements of LSE-61, 32 not traced"
    assert sum(plain(row[-1]) == "∅ not traced".replace(" ", "\xa0") for row in grid.rows) == 32
    others = [one for one in parts()["requirements"].make(sample, None) if isinstance(one, Grid)]
    assert [plain(one.caption) for one in others if "not traced" in plain(one.caption)] == [
        plain(grid.caption)
    ]


def test_requirements_stand_in_a_table_for_each_document_or_for_the_one_named(sample):
    assert [plain(table.caption) for table in made(sample, "requirements")] == [
        "Requirements of LSE-29", "Requirements of LSE-30", "Requirements of LSE-61, 32 not traced",
    ]  # fmt: skip
    (one,) = made(sample, "requirements", "LSE-61")
    assert len(one.rows) == 181


def test_empty_columns_are_left_out_and_empty_tables_say_so():
    data = PlanData.of([row("milestone", key="M", name="First", level="1", due="2020-01-01")])
    (table,) = made(data, "milestones")
    assert [plain(head) for head in table.head] == ["Code", "Milestone", "Level", "Baseline"]
    for part in parts():
        if part.make and not part.single:
            blocks = list(part.make(PlanData(), None))
            assert all(isinstance(block, Paragraph) for block in blocks), part.name


def test_what_is_wrong_with_a_place_is_said():
    data = PlanData.of([row("role", key="X", name="Role")])
    assert problem(data, "role", "X") == ""
    assert problem(data, "role", "Y") == "it names no role of this plan"
    assert problem(data, "role", "") == "it should name the role it is about"
    assert problem(data, "roles", "X") == "this part is about the whole plan and takes no key"
    assert problem(data, "rolls", "") == "there is no such part"


def test_every_part_is_in_the_user_guide_and_no_other():
    guide = (ROOT / "docs" / "print.md").read_text("utf-8")
    listed = re.findall(r"^\| `\{\{([a-z-]+)[^`]*\}\}` \| (.+) \|$", guide, re.MULTILINE)
    assert listed == [(part.name, part.help) for part in sorted(parts(), key=lambda one: one.name)]


def test_figures_are_numbered_as_sections_place_them():
    first, second, third = (row("figure", key=key, caption=key, order=key) for key in "abc")
    sections = [
        row("section", key="s1", title="One", order="1", body="{{figure b}}"),
        row("section", key="s2", title="Two", order="2", appendix=True, body="{{figure c}}"),
        row("section", key="s3", title="Three", order="3", body="{{figure a}}"),
    ]
    data = PlanData.of([first, second, third, *sections])
    assert [outline.figure_number(data, one.id) for one in (first, second, third)] == [2, 1, 3]
    assert [entry.number for entry in outline.entries(data)] == ["1", "2", "A"]


def test_an_acceptance_of_what_is_of_no_kind_is_listed_by_its_words():
    said = {"check": "x.y", "row": "x", "subject": "A thing", "words": "said"}
    data = PlanData.of([kinds()["acceptance"].make({**said, "kind": kind}) for kind in ("", "thing")])
    (grid,) = made(data, "accepted")
    assert [plain(cells[0]) for cells in grid.rows] == ["A thing", "A thing"]
