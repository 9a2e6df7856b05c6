"""Commands that filter, rename, renumber and hand over, run in this process on real plan files."""

import csv
import io

import pytest

from dmdesk.changes import add
from dmdesk.exchange import text
from dmdesk.plan import Plan
from tests.core import rows
from tests.core.checks.plans import joined, product, row
from tests.core.test_cli import Cli


@pytest.fixture
def dm(tmp_path, capsys) -> Cli:
    """A plan with two people, WBS elements, products that one of them manages, and a text that names a code."""
    file = rows.empty_file(tmp_path / "dm.dmplan")
    start = [
        row("revision", "3", date="2017-06-29", description="Third"),
        row("person", "ann", name="Ann Ito"), row("person", "ben", name="Ben Okri"),
        row("role", "PM", name="Manager"),
        row("wbs", "1.02C"), row("wbs", "1.02C.07", parent="wbs 1.02C", name="Base"),
        row("wbs", "1.02C.07.04", parent="wbs 1.02C.07", name="Net"), row("wbs", "1.02C.08", parent="wbs 1.02C"),
        product("DM", name="Data Management", kind="group", managers=["person ben"]),
        product("AP", name="Alerts", parent="product DM", kind="software", wbs=["wbs 1.02C.07.04", "?1.02C.07.04.99"]),
        product("DRP", name="Releases", parent="product DM", kind="software", managers=[], repositories=["drp"]),
        joined("appointment", "a", role="role PM", person="person ann", start="2017-01-01"),
        row("section", "intro", body="See [[1.02C.07.04]]."),
    ]  # fmt: skip
    with Plan.open(file) as plan:
        plan.step("Begin", [add(one) for one in start])
    return Cli(file, capsys)


def test_list_shows_only_what_a_filter_lets_through(dm):
    assert [one["key"] for one in dm.json("list", "product", "manager:okri")] == ["DM", "DRP"]
    assert [line[0] for line in csv.reader(io.StringIO(dm("list", "product", "wbs:1.02C.07", "--csv")))] == [
        "key",
        "AP",
    ]
    assert dm("list", "product", "kind:SW no:repo").endswith("1 of 3 Products fit.\n")
    assert dm("list", "product", "zebra") == "0 of 3 Products fit.\n"


def test_list_filters_by_the_history_and_by_the_checks(dm):
    assert dm.json("list", "product", "changed>3.0") == dm.json("list", "product")
    assert dm.json("list", "product", "changed<3.0") == []
    assert dm.json("list", "section", "is:problem") == []
    assert [one["key"] for one in dm.json("list", "product", "is:problem no:wbs")] == ["DRP"]


def test_a_plan_as_text_can_be_filtered_and_has_no_history(dm, tmp_path, capsys):
    text.write(dm.data, tmp_path / "text")
    as_text = Cli(tmp_path / "text", capsys)
    assert [one["key"] for one in as_text.json("list", "product", "releases")] == ["DRP"]
    assert as_text.json("list", "product", "changed>3") == []


@pytest.mark.parametrize(
    ("filter", "sentence"),
    [
        ("zzzz:a", "Products have no field “zzzz”; a word with a colon in it needs quotes."),
        (
            "changed>9",
            "“9” is neither a day such as 2017-06-30 nor a release of this plan; the change record has 3.",
        ),
    ],
)
def test_a_filter_that_cannot_be_read_is_a_mistake(dm, filter, sentence):
    assert dm("list", "product", filter, code=2) == sentence


def test_set_keeps_the_old_name_among_the_other_names(dm):
    said = dm("set", "product", "AP", "name=Prompt products")
    assert "Also known as: (nothing) → Alerts" in said
    assert dm.data.find("product", "AP").aka == ("Alerts",)
    assert dm.json("list", "product", "alerts")[0]["key"] == "AP"


def test_renumber_moves_an_element_with_all_that_names_it_as_one_step(dm):
    said = dm("renumber", "1.02C.07.04", "1.02C.08.01", "--why", "RFC-1")
    assert "1.02C.07.04  →  1.02C.08.01" in said
    assert said.endswith("1 code and 2 places that name them.\n")
    assert dm.data.find("section", "intro").body == "See [[1.02C.08.01]]."
    assert dm.data.find("product", "AP").wbs == ("wbs 1.02C.07.04", "?1.02C.08.01.99")
    assert dm.data.find("wbs", "1.02C.08.01").parent == "wbs 1.02C.08"
    assert dm.history()[0] == "Renumber 1.02C.07.04 to 1.02C.08.01"
    dm("undo")
    assert dm.data.find("wbs", "1.02C.07.04").aka == ()


def test_renumber_can_put_an_element_elsewhere(dm):
    dm("renumber", "1.02C.07.04", "1.02C.08.01", "--below", "1.02C")
    assert dm.data.find("wbs", "1.02C.08.01").parent == "wbs 1.02C"


def test_a_dry_run_of_renumber_and_leave_shows_all_and_changes_nothing(dm):
    before = dm.file.read_bytes()
    assert dm("renumber", "1.02C.07", "1.02C.09", "--dry-run").endswith("this was a dry run.\n")
    assert dm("leave", "ann", "--to", "ben", "--dry-run").endswith("this was a dry run.\n")
    assert dm.file.read_bytes() == before


def test_leave_hands_over_on_a_day(dm):
    said = dm("leave", "Ann Ito", "--to", "ben", "--on", "2017-09-30")
    assert "Manager: Ann Ito → Ben Okri" in said
    assert dm.data.find("product", "AP").managers == ("person ben",)
    assert dm.data.get("appointment", "a").end == dm.data.find("person", "ann").left == "2017-09-30"
    assert dm.history()[0] == "Ann Ito leaves, hand over to Ben Okri"


def test_leave_without_a_successor_leaves_it_to_nobody(dm):
    dm("leave", "ann")
    assert dm.json("list", "product", "own:manager")[0]["key"] == "DM"
    assert dm.history()[0] == "Ann Ito leaves"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("renumber", "1.02C.99", "1"), "There is no WBS element “1.02C.99” in this plan"),
        (
            ("renumber", "1.02C.07", "1.02C.08"),
            "1.02C.08 is the code of “1.02C.08” already; nothing was changed.",
        ),
        (("leave", "zoe"), "There is no person “zoe” in this plan"),
        (("leave", "ann", "--to", "ann"), "“Ann Ito” cannot hand over to themselves; choose somebody else."),
        (("leave", "ann", "--to", " "), "“--to” needs the key or name of a person."),
        (("leave", "ann", "--on", "soon"), "“soon” is not a date; write it as 2017-06-30."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(dm, words, sentence):
    before = dm.file.read_bytes()
    assert dm(*words, code=2).startswith(sentence)
    assert dm.file.read_bytes() == before
