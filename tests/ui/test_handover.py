"""Handing over on the screen: what a person holds, who takes it, and what stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from dmdesk import changes as c
from tests.ui.small_plan import row
from ui import changesheet
from ui.actions import actions, perform
from ui.context import Context
from ui.handover import HandoverSheet
from ui.inspector import Inspector


@pytest.fixture
def held(ctx: Context) -> Iterator[HandoverSheet]:
    """The sheet for somebody who manages a product by link and another by name, and holds a role."""
    ctx.step(
        "Fill", [c.add(row("product", "X", key="X", name="Extra", managers=("?Simon Krughoff", "pPlu")))]
    )
    ctx.page_kind = "person"
    ctx.set_rows("person", ("pKru",))
    ctx.select("person", "pKru")
    assert actions()["person.leaves"].text(ctx) == "Reassign what Simon Krughoff holds…"
    perform(actions()["person.leaves"], ctx)
    (made,) = changesheet._open
    assert isinstance(made, HandoverSheet)
    made.day.line.setText("2024-05-01")
    made.renew()
    yield made
    for sheet in list(changesheet._open):
        sheet.reject()
    QApplication.processEvents()


def places(made: HandoverSheet) -> list[tuple[str, str, str]]:
    return [(item.row, item.field, item.new) for item in made.table.changes.items]


def test_all_that_a_person_holds_is_listed_with_what_becomes_of_it(held: HandoverSheet):
    held.to.set_value("pPlu")
    held.renew()
    found = {(item.row, item.field): item.new for item in held.table.changes.items}
    assert found["Product: DM Data Management", "Manager"] == "Joel Plutchak"
    assert found["Product: X Extra", "Manager"] == "Joel Plutchak"
    assert "until 2024-05-01, then Joel Plutchak" in found.values()
    assert held._words.text() == "3 places of 3 go to Joel Plutchak."


def test_handing_over_is_one_step_and_does_not_make_anybody_leave(held: HandoverSheet):
    ctx = held.ctx
    held.to.set_value("pPlu")
    held.accept()
    assert ctx.plan.undoable.title == "Reassign what Simon Krughoff holds to Joel Plutchak"
    assert ctx.data.get("product", "DM").managers == ("pPlu",)
    assert ctx.data.get("product", "X").managers == ("pPlu",)
    assert ctx.data.get("person", "pKru").left == ""
    ctx.undo()
    assert ctx.data.get("product", "DM").managers == ("pKru",)


def test_somebody_who_leaves_is_marked_with_the_day(held: HandoverSheet):
    held.leaves.setChecked(True)
    held.to.set_value("pPlu")
    held.accept()
    assert held.ctx.plan.undoable.title == "Simon Krughoff leaves, Joel Plutchak takes over"
    assert held.ctx.data.get("person", "pKru").left == "2024-05-01"
    (ended,) = [one for one in held.ctx.data.rows("appointment").values() if one.person == "pKru"]
    assert ended.end == "2024-05-01"


def test_what_is_not_ticked_stays_also_while_other_things_are_chosen(held: HandoverSheet):
    ctx = held.ctx
    at = [item.row for item in held.table.changes.items].index("Product: DM Data Management")
    held.table.changes.setData(held.table.changes.index(at, 0), 0, 10)
    held.to.set_value("pPlu")
    held.renew()
    assert held.table.changes.ticked[at] is False
    held.accept()
    assert ctx.data.get("product", "DM").managers == ("pKru",)
    assert ctx.data.get("product", "X").managers == ("pPlu",)


def test_nobody_can_be_the_successor_and_the_places_become_empty(held: HandoverSheet):
    held.accept()
    assert held.ctx.data.get("product", "DM").managers == ()


@pytest.mark.parametrize(
    ("to", "said"),
    [("?Nobody Known", "Nobody in this plan is called"), ("pKru", "cannot hand over to themselves")],
)
def test_a_successor_who_cannot_be_is_told_at_the_field(held: HandoverSheet, to: str, said: str):
    before = held.ctx.plan.undoable
    held.to.set_value(to)
    held.renew()
    assert said in held.remarks[0].text()
    held.accept()
    assert held.ctx.plan.undoable == before


def test_a_day_that_is_none_is_told(held: HandoverSheet):
    held.day.line.setText("soon")
    held.renew()
    assert "“soon” is not a date" in held.remarks[0].text()
    assert not held.yes.isEnabled()


def test_the_inspector_of_a_person_offers_it_beside_the_links(held: HandoverSheet, qtbot):
    held.reject()
    QApplication.processEvents()
    inspector = Inspector(held.ctx)
    qtbot.addWidget(inspector)
    inspector.show()
    inspector.renew()
    inspector.count()
    assert not inspector.handover.isHidden()
    inspector.handover.click()
    assert len(changesheet._open) == 1
    held.ctx.set_rows("product", ("DM",))
    held.ctx.select("product", "DM")
    inspector.renew()
    inspector.count()
    assert inspector.handover.isHidden()
