"""The picture editor on a real form: chosen, dropped, pasted, removed, by mouse and by keyboard; undone as one step."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from dmdesk import changes as c
from dmdesk import pictures
from tests.core.pictures import SMALL, claiming, encoded
from tests.ui import small_plan
from ui.clipboard import value_words
from ui.form import Form
from ui.models import cells
from ui.pictureeditor import PictureEditor
from ui.views import make_page

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(ctx, qtbot) -> Form:
    """The form of the document, on the screen, kept true to the plan."""
    made = Form(ctx, "plan")
    qtbot.addWidget(made)

    def load(*_):
        made.load([ctx.data.plan()])

    ctx.changed.connect(load)
    load()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    ctx.changed.disconnect(load)


@pytest.fixture
def logo(form) -> PictureEditor:
    made = form.places["logo"].editor
    assert isinstance(made, PictureEditor)
    made.view.setFocus()
    return made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "logo.png"
    path.write_bytes(encoded("PNG", size=(40, 20)))
    return path


def kept(ctx) -> str:
    return ctx.data.plan().logo


def holding(*paths, image=None) -> QMimeData:
    held = QMimeData()
    if paths:
        held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if image is not None:
        held.setImageData(image)
    return held


def drop(editor, held) -> bool:
    """Drag something over the editor and let go; whether it was taken."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(editor.rect().center(), copy, held, left, none)
    enter.ignore()
    editor.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    editor.dropEvent(QDropEvent(QPointF(editor.rect().center()), copy, held, left, none))
    return True


def test_a_picture_is_chosen_and_is_one_step_that_undo_takes_back(ctx, answers, logo, file):
    answers.file = file
    logo.choose.click()
    assert kept(ctx) == pictures.load(file)
    assert logo.words.text() == pictures.words(kept(ctx))
    assert logo.words.text().startswith("PNG picture, 40 × 20, ")
    assert not logo.view.image.isNull()
    assert answers.asked == ["Choose logo"]
    ctx.plan.undo()
    assert kept(ctx) == ""
    assert logo.view.image.isNull()
    ctx.plan.redo()
    assert kept(ctx)


def test_nothing_happens_when_the_person_changes_their_mind(ctx, answers, logo):
    logo.choose.click()
    assert kept(ctx) == ""


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_everything_is_done_by_keys(ctx, answers, logo, file, key):
    answers.file = file
    QTest.keyClick(logo.view, key)
    assert kept(ctx) == pictures.load(file)
    QTest.keyClick(logo.view, Key.Key_C, Ctrl)
    QTest.keyClick(logo.view, Key.Key_Delete)
    assert kept(ctx) == ""
    QTest.keyClick(logo.view, Key.Key_V, Ctrl)
    assert pictures.facts(kept(ctx)).wide == 40
    logo.remove.setFocus()
    QTest.keyClick(logo.remove, key)
    assert kept(ctx) == ""


def test_tab_leads_through_view_and_buttons(logo):
    assert [widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in (logo.view, logo.choose)] == [
        Qt.FocusPolicy.TabFocus
    ] * 2


def test_a_file_or_a_picture_can_be_dropped_and_other_things_not(ctx, logo, file, tmp_path):
    assert drop(logo, holding(file))
    assert kept(ctx) == pictures.load(file)
    assert drop(logo, holding(image=QImage(30, 10, QImage.Format.Format_RGB32)))
    assert pictures.facts(kept(ctx)).wide == 30
    before = kept(ctx)
    assert not drop(logo, holding(file, file))
    words = QMimeData()
    words.setText(str(file))
    assert not drop(logo, words)
    assert kept(ctx) == before


def test_a_path_or_address_that_is_pasted_as_text_is_not_read(ctx, logo, file):
    said = []
    ctx.said.connect(said.append)
    for words in (str(file), file.as_uri(), SMALL[0]):
        QGuiApplication.clipboard().setText(words)
        QTest.keyClick(logo.view, Key.Key_V, Ctrl)
    assert kept(ctx) == ""
    assert said == ["There is no picture on the clipboard."] * 3


def test_a_file_that_is_no_picture_is_refused_in_a_sentence_and_what_was_there_stays(
    ctx, answers, logo, file, tmp_path
):
    drop(logo, holding(file))
    before = kept(ctx)
    (tmp_path / "words.png").write_bytes(b"Only words.")
    drop(logo, holding(tmp_path / "words.png"))
    assert answers.told == ["“words.png” is no picture; choose a PNG or JPEG."]
    assert kept(ctx) == before


def test_a_plan_that_may_only_be_read_shows_its_picture_and_takes_none(ctx, answers, logo, file):
    drop(logo, holding(file))
    before = kept(ctx)
    logo.set_read_only(True)
    assert not logo.choose.isEnabled()
    assert not logo.remove.isEnabled()
    assert not drop(logo, holding(image=QImage(30, 10, QImage.Format.Format_RGB32)))
    answers.file = file
    for key, held in ((Key.Key_Return, Qt.KeyboardModifier.NoModifier), (Key.Key_V, Ctrl)):
        QTest.keyClick(logo.view, key, held)
    QTest.keyClick(logo.view, Key.Key_Delete)
    assert kept(ctx) == before
    assert answers.asked == []
    assert not logo.view.image.isNull()


def test_a_broken_picture_says_that_it_is_broken(ctx, logo):
    broken = pictures.text("image/png", claiming(9, 9))
    ctx.step("From elsewhere", [c.put(ctx.data.plan(), {"logo": broken})])
    assert logo.view.words == "This picture is broken; choose it anew."
    assert logo.remove.isEnabled()


def test_screen_readers_hear_what_is_there(ctx, logo, file):
    assert logo.view.accessibleName() == "Logo: no picture"
    drop(logo, holding(file))
    assert logo.view.accessibleName().startswith("Logo: PNG picture, 40 × 20")
    assert (logo.choose.accessibleName(), logo.remove.accessibleName()) == ("Choose logo", "Remove logo")


def test_tables_history_and_previews_show_words_and_never_bytes(ctx, qtbot):
    figure = small_plan.row("figure", "f1", key="f", caption="A figure", drawing="picture", picture=SMALL[0])
    ctx.step("Add", [c.add(figure)])
    page = make_page(ctx, "figure")
    qtbot.addWidget(page)
    page.show()
    page.grid.columns.show(page.model.columns.index("picture"), True)
    index = page.model.index(page.model.row_of("f1"), page.model.columns.index("picture"))
    assert index.data() == pictures.words(SMALL[0])
    assert not page.model.flags(index) & Qt.ItemFlag.ItemIsEditable
    field = page.model.kind["picture"]
    assert value_words(ctx.data, field, SMALL[0]) == pictures.words(SMALL[0])
    assert cells.cell(ctx.data, page.model.kind, figure, field).text == pictures.words(SMALL[0])
