"""The commands for cells: copy, paste with its preview, fill down, set and clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from dmdesk.checks.naming import named
from dmdesk.exchange.cells import cells
from dmdesk.exchange.table import paste
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.ui import small_plan
from ui import changesheet, clipboard, layouts
from ui.actions import actions, perform
from ui.changesheet import ChangeSheet, SetSheet
from ui.commands.cells import target
from ui.context import Cells, Context

SHOWN = ("DM", "L1", "HEADER", "ARC", "DAC", "ODD")
SEEN = ("name", "wbs", "managers", "kind", "repositories")


def select(ctx: Context, ids: tuple[str, ...], columns: tuple[str, ...] = (), kind: str = "product") -> Cells:
    """Select rows, or mark the cells of these columns in them."""
    ctx.page_kind = kind
    shown = SHOWN if kind == "product" else tuple(row.id for row in ctx.data.in_order(kind))
    seen = SEEN if kind == "product" else layouts.columns(kind)
    at = Cells(
        kind, ids, columns or seen, bool(columns), shown[shown.index(ids[0]) :] if ids else (),
        seen[seen.index(columns[0]) :] if columns else seen,
    )  # fmt: skip
    ctx.set_cells(kind, lambda: at)
    ctx.set_rows(kind, ids)
    ctx.select(kind, ids[-1] if ids else "")
    return at


def put_on_clipboard(text: str, html: str = "") -> None:
    held = QMimeData()
    held.setText(text)
    if html:
        held.setHtml(html)
    QGuiApplication.clipboard().setMimeData(held)


def run(ctx: Context, name: str) -> None:
    perform(actions()[name], ctx)
    QApplication.processEvents()


def sheet() -> ChangeSheet:
    (found,) = changesheet._open
    assert isinstance(found, ChangeSheet)
    return found


@pytest.fixture(autouse=True)
def nothing_left_open():
    yield
    for one in list(changesheet._open):
        one.reject()


def test_marked_cells_are_copied_as_text_and_html(ctx: Context):
    select(ctx, ("HEADER", "ODD"), ("wbs", "managers"))
    run(ctx, "cells.copy")
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == "\tJoel Plutchak\n1.02C.07 (moving); 1.02C.03.09\t\n"
    assert "<td>Joel Plutchak</td>" in held.html()


def test_rows_are_copied_with_all_their_columns_and_hostile_words_stay_words(ctx: Context):
    select(ctx, ("ODD",))
    run(ctx, "cells.copy")
    text, html, own = clipboard.taken()
    assert own == ("product", *SEEN)
    assert cells(text)[0][0] == ctx.data.get("product", "ODD").name
    assert "<b>bold" not in html


def test_an_inherited_manager_is_copied_as_it_is_seen(ctx: Context):
    select(ctx, ("ARC",), ("managers",))
    run(ctx, "cells.copy")
    assert QGuiApplication.clipboard().text() == "Simon Krughoff\n"


@pytest.mark.parametrize("kind", [kind.name for kind in kinds() if not kind.single])
def test_every_row_that_is_copied_and_pasted_on_itself_changes_nothing(ctx: Context, kind: str):
    of, columns = kinds()[kind], [field.name for field in kinds()[kind].fields]
    rows = ctx.data.in_order(kind)
    texts = [[clipboard.words(ctx.data, of, row, column) for column in columns] for row in rows]
    done = paste(ctx.data, of, [row.id for row in rows], columns, texts, named)
    assert (done.changes, done.refused) == ([], [])


def test_one_cell_is_pasted_at_once_as_one_step(ctx: Context):
    select(ctx, ("ARC",), ("managers",))
    put_on_clipboard("plutchak\n")
    run(ctx, "cells.paste")
    assert ctx.data.get("product", "ARC").managers == ("pPlu",)
    assert ctx.plan.undoable.title == "Paste into Archiver"
    assert not changesheet._open


def test_several_rows_are_shown_first_and_pasted_as_one_step_when_that_is_wanted(ctx: Context, qtbot):
    select(ctx, ("HEADER",), ("kind", "repositories"))
    put_on_clipboard("hard\ta; b\nsoft\tc\n")
    before = ctx.plan.undoable
    run(ctx, "cells.paste")
    shown = sheet()
    assert [(item.row, item.field, item.old, item.new) for item in shown.table.changes.items] == [
        ("HEADER Header Generator", "Kind", "software", "hardware"),
        ("HEADER Header Generator", "Repositories", "ctrl_iip", "a\nb"),
        ("ARC Archiver", "Kind", "hardware", "software"),
        ("ARC Archiver", "Repositories", "", "c"),
    ]
    assert shown._words.text() == "2 rows change · 3 values are replaced."
    assert ctx.plan.undoable == before
    shown.accept()
    assert (ctx.data.get("product", "ARC").kind, ctx.data.get("product", "HEADER").repositories) == (
        "software", ("a", "b"),
    )  # fmt: skip
    ctx.undo()
    assert ctx.plan.undoable == before


def test_words_that_name_nothing_are_marked_in_the_preview(ctx: Context):
    select(ctx, ("HEADER",), ("managers",))
    put_on_clipboard("Nobody Known\nplutchak\n")
    run(ctx, "cells.paste")
    shown = sheet().table.changes
    assert [item.lost for item in shown.items] == [True, False]
    spoken = shown.data(shown.index(0, 3), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert spoken == "Some of these words name nothing in the plan."


def test_a_preview_that_is_cancelled_changes_nothing(ctx: Context):
    select(ctx, ("HEADER",), ("kind",))
    put_on_clipboard("hard\nsoft\n")
    before = ctx.plan.undoable
    run(ctx, "cells.paste")
    sheet().reject()
    assert ctx.plan.undoable == before


def test_what_does_not_fit_stands_first_with_its_reason_and_the_rest_can_be_pasted(ctx: Context):
    select(ctx, ("m1",), ("due", "forecast", "done"), kind="milestone")
    put_on_clipboard("2018-01-01\tsoon\n")
    run(ctx, "cells.paste")
    shown = sheet()
    first = shown.table.changes.items[0]
    assert (first.field, first.new, first.why) == (
        "Forecast", "soon", "“soon” is not a date; write it as 2017-06-30.",
    )  # fmt: skip
    assert shown.remarks[0].text() == "1 value does not fit and is left out; the reason stands at each."
    assert shown.yes.text() == "Paste the rest"
    shown.accept()
    assert ctx.data.get("milestone", "m1").due == "2018-01-01"


def test_new_rows_are_counted_and_shown_and_the_first_is_revealed(ctx: Context, qtbot):
    select(ctx, ("ODD",), ("name",))
    put_on_clipboard("Odd one\nNew <i>one</i>\nNew two\n")
    run(ctx, "cells.paste")
    assert sheet()._words.text() == "1 row changes · 2 rows are new · 1 value is replaced."
    with qtbot.waitSignal(ctx.go) as went:
        sheet().accept()
    assert ctx.data.get(*went.args).name == "New <i>one</i>"
    assert ctx.plan.undoable.title.startswith("Paste into <b>bold</b>")
    assert ctx.plan.undoable.title.endswith(" and 2 new products")


def test_the_problems_that_pasting_would_cause_are_told(ctx: Context, qtbot):
    select(ctx, ("HEADER",), ("managers",))
    put_on_clipboard("Nobody Known\nplutchak\n")
    run(ctx, "cells.paste")
    shown = sheet()
    qtbot.waitUntil(lambda: not shown.remarks[1].isHidden(), timeout=5000)
    assert shown.remarks[1].text().startswith("Causes 1 problem: ")
    assert "Nobody Known" in shown.remarks[1].text()


def test_one_copied_value_fills_everything_that_is_marked(ctx: Context):
    at = select(ctx, ("HEADER", "ARC", "DAC"), ("kind",))
    assert target(at, [["hard"]]) == (("HEADER", "ARC", "DAC"), ("kind", "repositories"), [["hard"]] * 3)


def test_whole_rows_go_into_their_own_columns_wherever_the_cursor_is(ctx: Context):
    at = select(ctx, ("HEADER",))._replace(right=("repositories",))
    assert target(at, [["a", "b"]], ("product", "name", "kind"))[1] == ("name", "kind")
    assert target(at, [["a", "b"]], ("person", "name", "email"))[1] == ("repositories",)


def test_too_many_cells_are_refused_in_a_sentence(ctx: Context):
    select(ctx, ("HEADER",), ("kind",))
    put_on_clipboard("x\n" * 100_001)
    run(ctx, "cells.paste")
    assert ctx.ask.told[0].endswith("Nothing was changed.")
    assert not changesheet._open


def test_filling_down_gives_the_first_value_to_the_rows_below_as_one_step(ctx: Context):
    select(ctx, ("HEADER", "ARC", "DAC"), ("managers", "kind"))
    run(ctx, "cells.fill")
    for id in ("ARC", "DAC"):
        assert (ctx.data.get("product", id).managers, ctx.data.get("product", id).kind) == (
            ("pPlu",),
            "software",
        )
    assert ctx.plan.undoable.title == "Fill down 2 columns to 2 products"


def test_filling_down_selected_rows_takes_the_current_column_only_and_never_a_key(ctx: Context):
    at = select(ctx, ("HEADER", "ARC"))._replace(right=("kind", "repositories"))
    ctx.set_cells("product", lambda: at)
    assert actions()["cells.fill"].text(ctx) == "Fill down Kind"
    run(ctx, "cells.fill")
    assert (ctx.data.get("product", "ARC").kind, ctx.data.get("product", "ARC").repositories) == (
        "software",
        (),
    )
    before = ctx.plan.undoable
    select(ctx, ("m1", "m2"), ("key",), kind="milestone")
    run(ctx, "cells.fill")
    assert ctx.plan.undoable == before


def test_a_column_is_set_for_all_selected_rows(ctx: Context):
    at = select(ctx, ("HEADER", "ARC"))._replace(right=("jira",))
    ctx.set_cells("product", lambda: at)
    assert actions()["cells.set"].text(ctx) == "Set JIRA component of 2 rows…"
    run(ctx, "cells.set")
    (found,) = changesheet._open
    assert isinstance(found, SetSheet)
    found.findChild(QLineEdit).setText("Alerts")
    found.accept()
    assert {ctx.data.get("product", id).jira for id in ("HEADER", "ARC")} == {"Alerts"}
    assert ctx.plan.undoable.title == "Set jira component of 2 products"


def test_a_value_that_does_not_fit_keeps_the_sheet_open_with_the_reason(ctx: Context):
    at = select(ctx, ("m1", "m2"), ("due",), kind="milestone")
    assert at.only
    run(ctx, "cells.set")
    (found,) = changesheet._open
    found.findChild(QLineEdit).setText("soon")
    found.accept()
    assert found.wrong.text() == "“soon” is not a date; write it as 2017-06-30."
    assert ctx.data.get("milestone", "m1").due == "2017-11-30"


def test_delete_clears_marked_cells_and_deletes_selected_rows(ctx: Context):
    select(ctx, ("HEADER", "ARC"), ("name", "managers", "kind"))
    assert actions()["row.delete"].text(ctx) == "Clear 6 cells"
    run(ctx, "row.delete")
    header = ctx.data.get("product", "HEADER")
    assert (header.managers, header.kind, header.name) == ((), "", "Header Generator")
    assert ctx.plan.undoable.title == "Clear 2 columns of 2 products"
    select(ctx, ("HEADER", "ARC"))
    assert actions()["row.delete"].text(ctx) == "Delete"
    run(ctx, "row.delete")
    assert ctx.data.get("product", "HEADER") is None


LINKS = st.lists(st.sampled_from(["pKru", "pPlu", "?A. N. Other", "?x, y"]), unique=True, max_size=4)


@given(LINKS)
def test_links_are_read_as_they_are_copied(links: list[str]):
    data = PlanData.of(small_plan.rows())
    field = kinds()["product"]["managers"]
    text = clipboard.value_words(data, field, tuple(links))
    done = paste(data, kinds()["product"], ["ODD"], ["managers"], [[text]], named)
    now = [change.fields["managers"][1] for change in done.changes]
    assert now == ([tuple(links)] if links else [])
