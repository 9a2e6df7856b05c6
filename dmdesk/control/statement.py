"""The control statement: what a controlled document says of its control, on its cover and at the foot of its pages.

Which documents are controlled follows from the prefix of the handle, as in the archive of LSST: LDM documents by the
board of Data Management; LSE, LPM and RDO documents by that of the project; all others by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk.model import Group, PlanDocument

if TYPE_CHECKING:
    from dmdesk.reading import PlanData

BOARDS = {
    "LDM": "the DM Change Control Board",
    "LSE": "the project's Change Control Board",
    "LPM": "the project's Change Control Board",
    "RDO": "the project's Change Control Board",
}
"""Who controls documents, by the prefix of their handle."""
NONE = ("-", "–", "—")
"""What is typed in place of a statement or notice that is not wanted."""


def board(data: PlanData, plan: PlanDocument) -> str:
    """Who controls a plan, in words: its control authority, else the board of its prefix; "" for nobody."""
    usual = BOARDS.get(plan.handle.partition("-")[0].upper(), "")
    group = data.all(Group).get(plan.control_authority)
    return f"the {group.name}" if usual and group and group.name else usual


def statement(data: PlanData, plan: PlanDocument) -> str:
    """The words for the cover: those that were typed, else the ones that the prefix asks for; "" for none."""
    who = board(data, plan)
    if plan.control_statement.strip() or not who:
        return _typed(plan.control_statement)
    return (
        f"{who[0].upper()}{who[1:]} controls the content of this document and has approved this version. Whatever "
        "changes or replaces it keeps the handle above. Control covers only the newest digital copy filed under this "
        "handle; a printed copy is uncontrolled."
    )


def notice(data: PlanData, plan: PlanDocument) -> str:
    """The words for the foot of every page, likewise."""
    who = board(data, plan)
    if plan.control_notice.strip() or not who:
        return _typed(plan.control_notice)
    return f"Changes to this document need the approval of {who}."


def _typed(words: str) -> str:
    return "" if words.strip() in NONE else words
