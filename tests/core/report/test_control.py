"""Change requests and the board's minutes in print: who was there, what was decided, and what each request changes."""

import pytest

from dmdesk import changes as c
from dmdesk import report
from dmdesk.control.workingset import Part
from dmdesk.errors import PlanError
from dmdesk.kinds import changed
from dmdesk.manuscript.blocks import Grid, plain
from dmdesk.manuscript.parts.differences import MOST, differences
from dmdesk.report import Options
from tests.core.control.requested import after, people, request, row
from tests.core.report.pdf import flat, text
from tests.core.report.pdf import plan as printed_plan


def controlled(**held):
    """A plan with a request that the board of three had before it."""
    usual = {"present": ("ann", "ben"), "others": ("A guest",), "state": "held"}
    return printed_plan(
        *people(),
        request(state="recommended", proposal="Call it *data archive*.", products=("A",), conclusion="So be it."),
        row("product", "A", key="A", name="Data archive"),
        row("rfcmove", "M", rfc="RFC", at="2017-07-05T10:00Z", before="proposed", state="flagged", reason="It matters"),
        row("objection", "O", rfc="RFC", name="Too costly", person="ben", state="answered", words="It *is*.",
            answer="Half of it goes", answerer="ann", answered="2017-07-05T10:00Z"),
        row("comment", "C", rfc="RFC", person="cleo", at="2017-07-04T10:00Z", words="I like it"),
        row("docket", "D", key="CCB-7", name="CCB meeting", group="CCB", at="2017-07-12T16:00Z", **{**usual, **held}),
        row("docketitem", "I", docket="D", subject="RFC-1 Rename the archive", rfc="RFC", place=1,
            decision="recommend", manner="vote", dissent=("Ben: too early",), notes="Costed by Friday"),
        row("boardaction", "B", docket="D", name="Cost it", rfc="RFC", owner="cleo", due="2017-07-14"),
    )  # fmt: skip


RENAMED = c.Change(c.SET, "product", "A", {"name": ("Archive", "Data archive")})
WORK = {"RFC": [Part("2017-07-11T09:00:00Z", (RENAMED,))]}


def said(data, only, work=None):
    import pypdfium2

    return flat(text(pypdfium2.PdfDocument(report.make(data, Options(only=(only,), work=work)).pdf)))


def test_minutes_tell_who_was_there_what_was_decided_and_what_it_would_change():
    found = said(controlled(), "docket:CCB-7", WORK)
    for words in (
        "Minutes: CCB meeting (CCB-7)", "BoardChange Control Board", "When2017-07-12 16:00 UTC",
        "Members presentAnn (Role of ann), Ben (Role of ben)", "Members absentCleo (Role of cleo)",
        "Also presentA guest", "Quorum2 of 3 members, 2 needed: a quorum", "RFC-1 Rename the archive recommended vote",
        "Call it data archive.", "ObjectionsToo costly (answered)", "DissentBen: too early", "NotesCosted by Friday",
        "What RFC-1 had changed by then", "Product A Name Archive Data archive", "2017-07-14 Cleo Cost it RFC-1",
    ):  # fmt: skip
        assert flat(words) in found, words


def test_a_meeting_to_come_is_printed_as_its_docket():
    found = said(controlled(state="planned", present=(), others=()), "docket:CCB-7")
    for words in (
        "(planned)",
        "MembersAnn (Role of ann), Ben (Role of ben), Cleo (Role of cleo)",
        "Quorum2 of 3",
    ):
        assert flat(words) in found, words
    assert flat("Nothing of the plan") not in found


def test_a_request_tells_its_course_and_all_that_was_said():
    found = said(controlled(), "rfc:RFC-1", {})
    for words in (
        "Change request: Rename the archive (RFC-1)", "May be adopted from2017-07-06 18:00 UTC", "ProductsData archive",
        "2017-07-05 10:00 UTC proposed flagged", "It matters", "Objection: Too costly – Ben", "Half of it goes",
        "Cleo, 2017-07-04 10:00 UTC", "CCB meeting 2017-07-12 16:00 UTC recommended vote Ben: too early",
        "Nothing of the plan has been changed under it.",
    ):  # fmt: skip
        assert flat(words) in found, words


def test_all_requests_are_a_table_that_a_section_or_a_print_may_ask_for():
    data = controlled()
    data.replace("section", "s", row("section", "s", key="s", title="Requests", body="{{requests}}"))
    assert flat("RFC-1 Rename the archive recommended") in flat(text_of_whole(data))
    assert flat("RFC-1 Rename the archive recommended") in said(data, "requests")
    assert flat("No change request has been made yet.") in said(printed_plan(), "requests")


def text_of_whole(data):
    import pypdfium2

    return text(pypdfium2.PdfDocument(report.make(data).pdf))


def test_one_plan_prints_the_same_bytes_whenever_it_is_printed():
    data, options = controlled(), Options(only=("docket:CCB-7",), work=WORK)
    first, again = (report.make(data.copy(), options).sha256 for _ in range(2))
    assert first == again


def test_an_unknown_meeting_names_those_there_are():
    with pytest.raises(
        PlanError, match="There is no board meeting “X” in this plan; its board meetings are CCB-7"
    ):
        report.make(controlled(), Options(only=("docket:X",)))


# -- the table of differences


def lines(data, *changes):
    grid = next(iter(differences(data, changes, "What changes")), None)
    return [[plain(cell) for cell in line] for line in grid.rows] if isinstance(grid, Grid) else []


def test_what_was_added_and_removed_is_told_whole_and_by_links_titles():
    data = controlled()
    gone = row("product", "B", key="B", name="Base", parent="A")
    assert lines(data, c.add(gone), c.drop(gone)) == [
        ["Product B", "added", "–", "Base; Part of: Data archive"],
        ["Product B", "removed", "Base; Part of: Data archive", "–"],
    ]


def test_long_texts_are_cut_to_where_they_differ():
    data = controlled()
    old = f"{'before ' * 60}archive is big and {'after ' * 60}".strip()
    a = row("section", "s", key="s", title="S", body=old)
    data.replace("section", "s", a)
    ((_, field, then, now),) = lines(data, c.put(a, {"body": old.replace("big", "very large")}))
    assert field == "Text"
    assert then == "… before before before before archive is big and after after after after after …"
    assert now == then.replace("big", "very large")


def test_a_table_of_many_lines_says_how_many_it_leaves_out():
    rows = [row("product", f"P{n}", key=f"P{n}", name=f"N{n}") for n in range(MOST + 5)]
    found = list(differences(controlled(), [c.add(one) for one in rows], "What changes"))
    assert len(found[0].rows) == MOST
    assert plain(found[1].words) == "… and 5 lines more."


def test_a_place_among_siblings_alone_is_told_in_words():
    data = controlled()
    a = data.rows("product")["A"]
    moved = c.put(a, {"order": "zz"})
    assert lines(after(data, [moved]), moved) == [["Product A", "Order", "–", "moved among its siblings"]]
    assert changed(a, {"order": "zz"}) == after(data, [moved]).rows("product")["A"]
