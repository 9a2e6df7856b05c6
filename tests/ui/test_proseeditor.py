"""The prose editor: references completed, marks and lists by button and key, the result shown, on real windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QToolButton

from dmdesk.kinds import kinds
from tests.ui.small_plan import HOSTILE
from ui import markdown, references
from ui.context import Context
from ui.editors import editor
from ui.proseeditor import BodyEditor, MarkdownEditor
from ui.views import make_page

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def prose(ctx: Context, qtbot) -> MarkdownEditor:
    """The editor of a description, with the cursor in it."""
    made = editor(kinds()["product"]["description"], ctx)
    assert isinstance(made, MarkdownEditor)
    qtbot.addWidget(made)
    made.resize(420, 300)
    made.set_value("")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.text.setFocus()
    return made


def offered(prose: MarkdownEditor) -> list[str]:
    found = prose._offers
    return [offer.text for offer in found.offers] if found is not None and found.isVisible() else []


def marked(text: str) -> tuple[QPlainTextEdit, str]:
    """A text field; ‹ and › stand for the selection, | for the cursor."""
    made = QPlainTextEdit()
    start = text.find("‹") if "‹" in text else text.find("|")
    plain = text.replace("‹", "").replace("|", "")
    end = plain.find("›") if "›" in plain else start
    made.setPlainText(plain.replace("›", ""))
    markdown.select(made, start, end)
    return made, made.toPlainText()


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("so ‹very› much", markdown.BOLD, "so **very** much"),
        ("so **‹very›** much", markdown.BOLD, "so very much"),
        ("so ‹very› much", markdown.ITALIC, "so *very* much"),
        ("so **‹very›** much", markdown.ITALIC, "so ***very*** much"),
        ("so ***‹very›*** much", markdown.ITALIC, "so **very** much"),
        ("‹all›", markdown.BOLD, "**all**"),
        ("|", markdown.BOLD, "****"),
    ],
)
def test_a_mark_is_put_around_the_selection_or_taken_away(qtbot, before: str, mark: str, after: str):
    text, plain = marked(before)
    qtbot.addWidget(text)
    words = text.textCursor().selectedText()
    markdown.surround(text, mark)
    assert text.toPlainText() == after
    assert text.textCursor().selectedText() == words
    text.undo()
    assert text.toPlainText() == plain


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a ‹b\nc\n\nd›", "- a b\n- c\n\n- d"),
        ("‹- a\n- b›", "a\nb"),
        ("‹- a\nb›", "- a\n- b"),
        ("|", "- "),
        ("‹1. a\n2. b›", "a\nb"),
    ],
)
def test_lines_become_a_list_and_plain_again(qtbot, before: str, after: str):
    text, plain = marked(before)
    qtbot.addWidget(text)
    markdown.toggle_list(text)
    assert text.toPlainText() == after
    text.undo()
    assert text.toPlainText() == plain


def test_enter_goes_on_with_a_list_and_an_empty_item_ends_it(prose: MarkdownEditor):
    QTest.keyClicks(prose.text, "1. one")
    QTest.keyClick(prose.text, Key.Key_Return)
    QTest.keyClicks(prose.text, "two")
    QTest.keyClick(prose.text, Key.Key_Return)
    assert prose.text.toPlainText() == "1. one\n2. two\n3. "
    QTest.keyClick(prose.text, Key.Key_Return)
    assert prose.text.toPlainText() == "1. one\n2. two\n"


def test_two_brackets_offer_rows_by_key_and_title_and_tab_writes_the_reference(prose: MarkdownEditor):
    QTest.keyClicks(prose.text, "See [[pipel")
    assert offered(prose) == ["LDM-151"]
    QTest.keyClick(prose.text, Key.Key_Tab)
    assert prose.text.toPlainText() == "See [[LDM-151]]"
    assert prose.text.hasFocus()
    assert not offered(prose)


def test_enter_takes_what_is_chosen_and_escape_only_closes_the_list(prose: MarkdownEditor, qtbot):
    QTest.keyClicks(prose.text, "[[ldm")
    assert offered(prose)[:2] == ["LDM-148", "LDM-151"]
    QTest.keyClick(prose.text, Key.Key_Down)
    QTest.keyClick(prose.text, Key.Key_Return)
    assert prose.text.toPlainText() == "[[LDM-151]]"
    QTest.keyClicks(prose.text, "[[l")
    with qtbot.assertNotEmitted(prose.given_up):
        QTest.keyClick(prose.text, Key.Key_Escape)
    assert not offered(prose)
    with qtbot.waitSignal(prose.given_up):
        QTest.keyClick(prose.text, Key.Key_Escape)


def test_each_offered_reference_leads_to_its_row(ctx: Context):
    for offer in references.offers(ctx.data, "", 0, 0):
        row = ctx.data.anywhere(offer.text)
        assert row is not None
        assert offer.help.startswith(ctx.data.title(row))


def test_keys_and_buttons_do_the_same(prose: MarkdownEditor):
    prose.text.setPlainText("word")
    prose.text.selectAll()
    QTest.keyClick(prose.text, Key.Key_B, Ctrl)
    assert prose.text.toPlainText() == "**word**"
    next(one for one in prose.tools.findChildren(QToolButton) if one.text() == "B").click()
    assert prose.text.toPlainText() == "word"
    assert prose.text.hasFocus()


def test_the_preview_shows_typed_markup_as_text_and_goes_back_to_the_place(prose: MarkdownEditor, qtbot):
    prose.text.setPlainText(f"**bold** {HOSTILE.splitlines()[0]}")
    with qtbot.assertNotEmitted(prose.done):
        QTest.keyClick(prose.text, Key.Key_E, Ctrl)
    assert prose.preview is not None
    assert prose.preview.toPlainText().startswith("bold <b>bold</b> & ")
    assert prose.preview.isVisible()
    assert not prose.text.isVisible()
    QTest.keyClick(prose.preview, Key.Key_E, Ctrl)
    assert prose.text.isVisible()
    assert prose.text.hasFocus()


def test_control_and_enter_is_done(prose: MarkdownEditor, qtbot):
    QTest.keyClicks(prose.text, "words")
    with qtbot.waitSignal(prose.done):
        QTest.keyClick(prose.text, Key.Key_Return, Ctrl)


def test_over_a_cell_the_editor_grows_with_its_text_and_writes_one_step(ctx: Context, qtbot):
    page = make_page(ctx, "product")
    qtbot.addWidget(page)
    ctx.page_kind = "product"
    page.resize(1000, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    column = page.model.columns.index("description")
    page.grid.setColumnHidden(column, False)
    page.grid.edit(page.model.index(page.model.row_of("HEADER"), column))
    (made,) = page.grid.viewport().findChildren(MarkdownEditor)
    before = made.height()
    for _ in range(6):
        QTest.keyClicks(made.text, "more")
        QTest.keyClick(made.text, Key.Key_Return)
    qtbot.waitUntil(lambda: made.height() > before)
    assert page.grid.viewport().rect().contains(made.geometry())
    assert made.tools.isVisible()
    QTest.keyClick(made.text, Key.Key_Return, Ctrl)
    assert ctx.data.get("product", "HEADER").description.startswith("more\nmore")


def test_sections_have_the_buttons_too_and_no_second_preview(ctx: Context, qtbot):
    made = editor(kinds()["section"]["body"], ctx)
    body = BodyEditor(kinds()["section"]["body"], ctx, None, False)
    qtbot.addWidget(made)
    qtbot.addWidget(body)
    number = len(made.tools.findChildren(QToolButton))
    assert len(body.tools.findChildren(QToolButton)) == number - 1
    body.toggle_preview()
    assert body.preview is None


def test_what_can_only_be_read_is_not_marked(prose: MarkdownEditor):
    prose.text.setPlainText("word")
    prose.set_read_only(True)
    prose.text.selectAll()
    QTest.keyClick(prose.text, Key.Key_B, Ctrl)
    prose.link()
    assert prose.text.toPlainText() == "word"


def test_in_the_window_the_keys_of_the_text_mean_the_text(window, ctx: Context):
    ctx.show("product", "HEADER")
    QTest.qWait(150)
    window.inspector.renew()
    made = window.inspector.form.places["description"].editor
    assert isinstance(made, MarkdownEditor)
    products, shown = len(ctx.data.rows("product")), window.inspector.isVisible()
    window.activateWindow()
    made.text.setFocus()
    QTest.keyClicks(made.text, "word")
    QTest.keyClick(made.text, Key.Key_B, Ctrl)
    QTest.keyClick(made.text, Key.Key_Return, Ctrl)
    assert ctx.data.get("product", "HEADER").description == "word****"
    assert len(ctx.data.rows("product")) == products
    assert ctx.panels.get("navigation", True)
    assert window.inspector.isVisible() == shown
