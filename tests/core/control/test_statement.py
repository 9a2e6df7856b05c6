"""What a document says of its control follows from its handle, unless it says otherwise itself."""

import pytest

from dmdesk.control.statement import notice, statement
from tests.core.report.pdf import plan, row


def said(**values):
    data = plan(row("group", key="DMCCB", name="Board of Everything"), **values)
    one = data.plan()
    return statement(data, one), notice(data, one)


@pytest.mark.parametrize(
    ("handle", "who"),
    [
        ("LDM-294", "DM Change Control Board"),
        ("LSE-30", "project's Change Control Board"),
        ("lpm-51", "project's Change Control Board"),
        ("RDO-13", "project's Change Control Board"),
    ],
)
def test_a_controlled_document_says_who_controls_it(handle, who):
    on_cover, at_foot = said(handle=handle)
    assert on_cover.startswith(f"The {who} controls")
    assert at_foot.endswith(f"approval of the {who}.")


@pytest.mark.parametrize("handle", ["DMTN-074", "SQR-1", "LDMX-1", "", "A plan"])
def test_any_other_document_says_nothing(handle):
    assert said(handle=handle) == ("", "")


def test_what_is_typed_stands_in_place_of_it():
    assert said(handle="LDM-1", control_statement="Ours.") == ("Ours.", said(handle="LDM-1")[1])
    assert said(handle="DMTN-1", control_notice="Ours too.") == ("", "Ours too.")


@pytest.mark.parametrize("none", ["-", " – ", "—"])
def test_a_dash_stands_for_none(none):
    assert said(handle="LDM-1", control_statement=none, control_notice=none) == ("", "")


def test_the_control_authority_of_the_plan_is_named():
    board = row("group", key="DMCCB", name="Board of Everything")
    data = plan(board, handle="LSE-1", control_authority=board.id)
    assert statement(data, data.plan()).startswith("The Board of Everything controls")
    assert (
        notice(data, data.plan()) == "Changes to this document need the approval of the Board of Everything."
    )
