"""Before a print: what stands in the way, on a page of its own, and straight on where nothing does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk import changes as c
from tests.ui.small_plan import row
from ui import changesheet
from ui.context import Context
from ui.printing.obstacles import ObstacleSheet, before
from ui.views.lines import HEADING
from ui.window import Window


@pytest.fixture(autouse=True)
def closed():
    yield
    for sheet in list(changesheet._open):
        sheet.close()


def the_sheet(qtbot) -> ObstacleSheet:
    qtbot.waitUntil(lambda: any(isinstance(one, ObstacleSheet) for one in changesheet._open))
    return next(one for one in changesheet._open if isinstance(one, ObstacleSheet))


def tidy(ctx: Context) -> None:
    """Take everything out of the plan that stands in the way."""
    ctx.step("Tidy", c.drop_all(ctx.data, [ctx.data.get("product", "ODD")]))
    plan = ctx.data.plan()
    ctx.step("Date", [c.put(plan, {"date": "2017-06-30", "version": "1.0"})])


def test_placeholders_and_errors_are_listed_by_group_and_a_line_goes_there(window: Window, qtbot):
    ctx, went = window.ctx, []
    ctx.step("Unready", [c.put(ctx.data.get("section", "s1"), {"body": "This is TBD, see [[nowhere]]."})])
    ctx.checked = False
    before(ctx, "Print", lambda: went.append("on"))
    sheet = the_sheet(qtbot)
    titles = [line.words for line in sheet.lines.lines if line.style == HEADING]
    assert titles[:2] == ["Broken references", "Placeholders"]
    at = next(n for n, line in enumerate(sheet.lines.lines) if "[[nowhere]]" in line.words)
    sheet.lines.setCurrentIndex(sheet.lines.model().index(at, 0))
    QTest.keyClick(sheet.lines, Qt.Key.Key_Return)
    assert (window.ctx.page_kind, ctx.current) == ("section", ("section", "s1"))
    assert went == []


def test_print_anyway_goes_on_and_back_does_not(ctx: Context, qtbot):
    went: list[str] = []
    ctx.step("Unready", [c.put(ctx.data.get("section", "s1"), {"body": "This is TBD."})])
    for answer, wanted in ((ObstacleSheet.reject, []), (ObstacleSheet.accept, ["on"])):
        before(ctx, "Print", lambda: went.append("on"))
        answer(the_sheet(qtbot))
        qtbot.waitUntil(lambda: not changesheet._open)
        assert went == wanted


def test_with_nothing_in_the_way_there_is_no_page(ctx: Context, qtbot):
    tidy(ctx)
    went: list[str] = []
    before(ctx, "Print", lambda: went.append("on"))
    qtbot.waitUntil(lambda: went == ["on"])
    assert not changesheet._open


def test_what_was_accepted_does_not_stand_in_the_way(ctx: Context, qtbot):
    from dmdesk import checks

    tidy(ctx)
    ctx.step("Add", [c.add(row("section", "s9", key="late", title="Late", order="090", body="TBD"))])
    ctx.step("Accept", checks.accept(ctx.data, checks.run(ctx.data, ["prose.placeholder"]), "Known"))
    went: list[str] = []
    before(ctx, "Print", lambda: went.append("on"))
    qtbot.waitUntil(lambda: went == ["on"])
