"""Many changes: only lines in reach are laid out, wherever the current line is, with the right heights in sight."""

from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.comparing import compare
from dmdesk.plan import preview
from dmdesk.reading import PlanData
from tests.ui import small_plan
from ui.compare.lines import FIELD, Told
from ui.compare.view import FAR, ChangesView
from ui.context import Context

MANY = 1500
LONG = (
    " And a good deal more is said, so that the text takes several lines in any window that people have." * 4
)


def _view(empty: Context, qtbot: QtBot) -> ChangesView:
    old = PlanData.of(small_plan.large(MANY))
    rows = old.rows("product").values()
    new = preview(
        old, [c.put(row, {"name": f"{row.name} anew", "description": row.description + LONG}) for row in rows]
    )
    made = ChangesView(empty)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.changes.show(Told(compare(old, new)))
    made.first()
    made.viewport().repaint()
    return made


def test_only_what_is_in_reach_is_laid_out(empty: Context, qtbot: QtBot) -> None:
    view = _view(empty, qtbot)
    assert len(view.changes.lines) > 3 * MANY
    view.scrollToBottom()
    view.viewport().repaint()
    assert len(view.painter._laid) < 3 * FAR
    view.resize(700, 600)
    view.viewport().repaint()
    assert len(view.painter._laid) < 3 * FAR


def test_what_comes_into_sight_has_its_own_height(empty: Context, qtbot: QtBot) -> None:
    view = _view(empty, qtbot)
    view.set_line(0)
    for place in (MANY, 2 * MANY, 3 * MANY - FAR):
        view.verticalScrollBar().setValue(place)
        view.viewport().repaint()
        for at in range(place, place + 12):
            line = view.changes.lines[at]
            if line.sort == FIELD:
                high = max(text.height for text in view.painter._texts(line))
                assert view.visualRect(view.changes.index(at, 0)).height() >= high
