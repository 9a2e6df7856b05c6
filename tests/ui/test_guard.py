"""The guard: what fails in a method that Qt calls ends nothing, is written down, and is told once."""

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from tests.ui.answers import Answers
from ui import log
from ui.context import Context
from ui.delegates import CellDelegate
from ui.drawn import Sheets
from ui.guard import guard
from ui.icons import _Drawn
from ui.models.rows import RowsModel
from ui.palette import Palette
from ui.views.grid import Grid
from ui.window import Window


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch, ctx: Context) -> Iterator[None]:
    """Unforeseen errors go where the application lets them go, not to the test's own hook."""
    for hook in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, hook, getattr(sys, hook))
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    log.file().unlink(missing_ok=True)
    log.catch_everything(ctx.report_soon)
    yield
    for handler in list(log._logger().handlers):
        handler.close()


def fails(*_: object, **__: object) -> None:
    raise ZeroDivisionError("deep inside")


def written() -> str:
    return log.file().read_text("utf-8") if log.file().exists() else ""


@pytest.mark.qt_log_ignore("^QPainter::end", extend=True)
@pytest.mark.parametrize(
    ("place", "what", "named"),
    [
        (RowsModel, "cell", "CellDelegate.paint"),
        (RowsModel, "field", "CellDelegate.paint"),
        (CellDelegate, "_words", "CellDelegate.paint"),
        (CellDelegate, "lead", "CellDelegate.paint"),
    ],
)
def test_a_failing_model_or_delegate_is_told_once_and_the_window_goes_on(
    window: Window,
    answers: Answers,
    qtbot: QtBot,
    caught: None,
    monkeypatch: pytest.MonkeyPatch,
    place: type,
    what: str,
    named: str,
) -> None:
    window.go("product", "HEADER")
    monkeypatch.setattr(place, what, fails)
    grid = next(grid for grid in window.findChildren(Grid) if grid.isVisible())
    for _ in range(20):
        grid.repaint()
        grid.viewport().repaint()
        window.grab()
    qtbot.waitUntil(lambda: len(answers.told) == 1)
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "H"})])
    window.grab()
    qtbot.wait(10)
    assert window.ctx.data.title(window.ctx.data.rows("product")["HEADER"]) == "H"
    assert len(answers.told) == 1, "not once a picture"
    assert str(log.file()) in answers.told[0] and "Traceback" not in answers.told[0]
    assert f"Asked by Qt: {named}" in written() and "deep inside" in written()
    assert written().count("Traceback") < 20, "in full once, counted from then on"


def every(failing: str) -> tuple[type[QWidget], type[QAbstractTableModel]]:
    """A widget and a model of the window in which one method fails."""

    def maybe(name: str) -> None:
        if name == failing:
            raise ZeroDivisionError("deep inside")

    @guard
    class Odd(QWidget):
        def sizeHint(self) -> QSize:
            maybe("sizeHint")
            return QSize(100, 100)

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.MouseButtonPress:
                maybe("event")
            return super().event(event)

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            maybe("eventFilter")
            return False

        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.save()
            maybe("paintEvent")
            painter.restore()

        def mousePressEvent(self, event: QMouseEvent) -> None:
            maybe("mousePressEvent")

    @guard
    class Model(QAbstractTableModel):
        def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            maybe("rowCount")
            return 3

        def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
            maybe("columnCount")
            return 2

        def data(self, index: QModelIndex, role: int = 0) -> object:
            maybe("data")
            return None

        def flags(self, index: QModelIndex) -> Qt.ItemFlag:
            maybe("flags")
            return super().flags(index)

    return Odd, Model


FAILING = (
    *("sizeHint", "event", "eventFilter", "paintEvent", "mousePressEvent"),
    *("rowCount", "columnCount", "data", "flags"),
)


@pytest.mark.qt_log_ignore("^Mouse event", "^QPainter::end", extend=True)
@pytest.mark.parametrize("failing", FAILING)
def test_whatever_method_fails_the_program_goes_on(
    failing: str, ctx: Context, answers: Answers, qtbot: QtBot, caught: None
) -> None:
    odd, model = every(failing)
    widget, table = odd(), QTableView()
    for made in (widget, table):
        qtbot.addWidget(made)
        made.installEventFilter(widget)
    table.setModel(model(table))
    for made in (widget, table):
        made.resize(200, 100)
        made.show()
        made.sizeHint()
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        made.grab()
    table.resizeColumnsToContents()
    qtbot.waitUntil(lambda: len(answers.told) == 1)
    assert f".{failing}" in written() and "deep inside" in written()
    assert "Error calling Python override" not in written(), "not with the words of other errors"


def test_what_a_person_does_is_worth_a_word_each_time(
    ctx: Context, answers: Answers, qtbot: QtBot, caught: None
) -> None:
    odd, _ = every("mousePressEvent")
    widget = odd()
    qtbot.addWidget(widget)
    widget.show()
    for times in (1, 2, 3):
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda times=times: len(answers.told) == times)
    assert written().count("Traceback") == 1
    assert "as before, 2 times by now" in written()


def test_an_error_while_a_sentence_is_being_read_opens_no_second_one(
    ctx: Context, answers: Answers, qtbot: QtBot, caught: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(sentence: str, title: str = "") -> None:
        answers.told.append(sentence)
        for _ in range(3):
            sys.excepthook(ValueError, ValueError("meanwhile"), None)
        qtbot.wait(10)

    monkeypatch.setattr(answers, "tell", tell)
    sys.excepthook(ValueError, ValueError("first"), None)
    qtbot.waitUntil(lambda: bool(answers.told))
    qtbot.wait(20)
    assert len(answers.told) == 1
    sys.excepthook(ValueError, ValueError("later"), None)
    qtbot.waitUntil(lambda: len(answers.told) == 2)


def test_every_override_in_the_window_is_guarded_whatever_it_derives_from() -> None:
    for cls, name in (
        (Window, "closeEvent"),
        (Grid, "paintEvent"),
        (RowsModel, "data"),
        (CellDelegate, "paint"),
        (_Drawn, "pixmap"),
        (Sheets, "boundingRect"),
        (Palette, "eventFilter"),
    ):
        assert vars(cls)[name].__wrapped__.__qualname__ == f"{cls.__name__}.{name}"
    assert not hasattr(vars(Window)["go"], "__wrapped__"), "our own methods raise as ever"
