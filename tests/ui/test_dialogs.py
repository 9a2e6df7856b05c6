"""Dialogs: their words are plain, they are as high as these need, and the keyboard answers them."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QPushButton
from pytestqt.qtbot import QtBot

from ui import theme
from ui.dialogs import Dialogs, Sheet


def during(act: Callable[[Sheet], Any]) -> None:
    """Do something with the dialog that comes next, and close it if that did not."""

    def go() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, Sheet)
        try:
            act(sheet)
        finally:
            if sheet.isVisible():
                sheet.reject()

    QTimer.singleShot(50, go)


@pytest.fixture
def dialogs(qapp: QApplication, qtbot: QtBot) -> Dialogs:
    theme.start(qapp)
    return Dialogs()


def texts(sheet: Sheet) -> list[str]:
    return [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]


def test_a_sentence_stands_in_a_dialog_no_higher_than_it_needs(dialogs: Dialogs) -> None:
    heights: list[int] = []
    during(lambda sheet: heights.append(sheet.height()))
    dialogs.tell("One sentence.")
    assert heights[0] < 45 * theme.theme().space(1)


def test_what_goes_along_with_a_deletion_is_said_below_the_question(dialogs: Dialogs) -> None:
    seen: list[list[str]] = []

    def look(sheet: Sheet) -> None:
        seen.append(texts(sheet))
        assert not sheet.findChildren(QListView)
        QTest.keyClick(sheet, Qt.Key.Key_Return)

    during(look)
    assert dialogs.confirm("Delete “<b>x</b>”?", "Delete", "This deletes 2 products below it.")
    assert seen == [["Delete “<b>x</b>”?", "This deletes 2 products below it."]]


def test_many_changes_are_a_list_to_read_through(dialogs: Dialogs) -> None:
    def look(sheet: Sheet) -> None:
        assert sheet.findChildren(QListView)[0].model().rowCount() == 3

    during(look)
    assert not dialogs.confirm("3 rows would change.", "Import", "one\ntwo\nthree")


def test_words_in_dialogs_are_never_markup(dialogs: Dialogs) -> None:
    formats: list[Any] = []
    during(lambda sheet: formats.extend(label.textFormat() for label in sheet.findChildren(QLabel)))
    dialogs.tell("<b>bold</b> & %s {{products}}", "<i>title</i>")
    assert set(formats) == {Qt.TextFormat.PlainText}


def test_a_choice_is_made_with_the_arrows_and_enter(dialogs: Dialogs) -> None:
    def choose(sheet: Sheet) -> None:
        assert [button.text() for button in sheet.findChildren(QPushButton)] == ["Restore", "Cancel"]
        view = sheet.findChildren(QListView)[0]
        QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)

    during(choose)
    assert dialogs.choose("Restore a backup", "", ["first", "second"], "Restore") == 1


def test_escape_means_no(dialogs: Dialogs) -> None:
    during(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Escape))
    assert not dialogs.confirm("Really?", "Yes")
