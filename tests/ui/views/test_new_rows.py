"""Link fields make what is missing, in one step with the link; renaming keeps the name that people know."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk.kinds import kinds
from tests.ui.views.test_inspector import look_at
from ui import newrows
from ui.chips import Chip
from ui.context import Context
from ui.inspector import Inspector
from ui.linkeditor import LinkEditor

Key = Qt.Key


@pytest.fixture
def inspector(ctx: Context, qtbot) -> Inspector:
    made = Inspector(ctx)
    qtbot.addWidget(made)
    made.resize(340, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def links_of(inspector: Inspector, field: str, of: str = "product", id: str = "HEADER") -> LinkEditor:
    found = look_at(inspector, of, id).places[field].editor
    assert isinstance(found, LinkEditor)
    found.line.setFocus()
    QTest.qWait(1)
    return found


def offers(editor: LinkEditor) -> list[str]:
    assert editor._completer is not None
    model = editor._completer.completionModel()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def test_words_that_name_nobody_are_offered_as_a_new_person_last(inspector: Inspector):
    editor = links_of(inspector, "managers")
    QTest.keyClicks(editor.line, "o")
    assert not [offer for offer in offers(editor) if offer.startswith("New ")]
    QTest.keyClicks(editor.line, "n")
    assert offers(editor) == ["Simon Krughoff", "New person “on”"]
    editor.line.clear()
    QTest.keyClicks(editor.line, "simon krughoff")
    assert offers(editor) == ["Simon Krughoff"]
    editor.line.clear()


def test_choosing_it_adds_the_person_and_the_link_in_one_step_and_one_undo_takes_both_back(
    inspector: Inspector, ctx: Context
):
    editor = links_of(inspector, "managers")
    people = len(ctx.data.rows("person"))
    steps = len(ctx.plan.history())
    QTest.keyClicks(editor.line, "Ana Åse")
    popup = editor._completer.popup()
    QTest.mouseClick(
        popup.viewport(), Qt.MouseButton.LeftButton, pos=popup.visualRect(popup.model().index(0, 0)).center()
    )
    QTest.qWait(5)
    (id,) = [link for link in ctx.data.get("product", "HEADER").managers if link != "pPlu"]
    person = ctx.data.get("person", id)
    assert (person.name, person.key) == ("Ana Åse", "ase")
    assert len(ctx.plan.history()) == steps + 1
    assert [chip.words for chip in editor.findChildren(Chip) if chip.isVisible()] == [
        "Joel Plutchak",
        "Ana Åse",
    ]
    ctx.undo()
    assert len(ctx.data.rows("person")) == people
    assert ctx.data.get("product", "HEADER").managers == ("pPlu",)


def test_a_row_that_is_given_up_before_it_is_linked_is_never_added(inspector: Inspector, ctx: Context):
    editor = links_of(inspector, "managers")
    people = len(ctx.data.rows("person"))
    editor.make("Nobody Yet")
    assert [chip.words for chip in editor._chips] == ["Joel Plutchak", "Nobody Yet"]
    QTest.keyClick(editor.line, Key.Key_Escape)
    assert ctx.step("Else", [])
    assert len(ctx.data.rows("person")) == people


@pytest.mark.parametrize(
    ("kind", "words", "key", "title"),
    [
        ("person", "Wil O'Mullane", "mullane", "Wil O'Mullane"),
        ("person", "Ann Krughoff", "krughoff-2", "Ann Krughoff"),
        ("wbs", "1.02C.03.11 Deblending", "1.02C.03.11", "Deblending"),
        ("wbs", "1.02C.09", "1.02C.09", "1.02C.09"),
        ("requirement", "Do more", "DMS-REQ-0011", "Do more"),
        ("document", "LDM-999 Big words", "LDM-999", "Big words"),
        ("institution", "Princeton University", "PRINCETON-UNIVERSITY", "Princeton University"),
        ("person", "王", "NEW-1", "王"),
    ],
)
def test_a_new_row_gets_a_key_like_those_of_its_kind(
    ctx: Context, kind: str, words: str, key: str, title: str
):
    made = newrows.made(ctx.data, kinds()[kind], words)
    assert (ctx.data.key(made), ctx.data.title(made)) == (key, title)
    assert made.id not in ctx.data.rows(kind)


def test_a_new_element_stands_below_the_one_its_code_begins_with(ctx: Context):
    assert newrows.made(ctx.data, kinds()["wbs"], "1.02C.03.11 Deblending").parent == "w3"


def test_kinds_without_a_name_of_their_own_are_not_offered():
    offered = {kind.name for kind in kinds() if newrows.can_make(kind)}
    assert {"person", "product", "wbs", "document", "team", "institution"} <= offered
    assert not {"appointment", "membership", "trace", "plan"} & offered


def test_renaming_in_the_inspector_keeps_the_name_people_know_and_the_tips_of_links_tell_it(
    inspector: Inspector, ctx: Context, monkeypatch
):
    monkeypatch.setattr(ctx, "is_new", lambda row: False)
    line = look_at(inspector, "product", "ARC").places["name"].editor.line
    line.setFocus()
    line.setText("Storage Service")
    QTest.keyClick(line, Key.Key_Return)
    assert ctx.data.get("product", "ARC").aka == ("Archiver",)
    editor = links_of(inspector, "uses")
    assert "also known as Archiver" in editor._chips[0].toolTip()
