"""Section prose: the preview shows what was typed and nothing else, and the text is written when it is left."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument

from ui.context import Context
from ui.views.prose import Preview, to_html
from ui.views.sections import SectionsPage


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "<b>bold</b>", '<img src="file:///etc/passwd">', "a & b < c"]
)
def test_markup_in_a_text_stays_text(ctx: Context, qtbot, text: str):
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show_text(ctx.data, text)
    assert preview.toPlainText().strip() == text


def test_pictures_are_not_loaded(ctx: Context, qtbot):
    preview = Preview()
    qtbot.addWidget(preview)
    assert "<img" not in to_html(ctx.data, "![x](/etc/passwd)")
    address = QUrl.fromLocalFile("/etc/passwd")
    assert preview.loadResource(QTextDocument.ResourceType.HtmlResource, address) is None


def test_references_become_links_and_unknown_ones_are_marked(ctx: Context):
    made = to_html(ctx.data, "See [[LDM-148]] and [[nowhere]], {{products}}.")
    assert '<a href="row:document/d1">DM System Design</a>' in made
    assert "[[nowhere]]" in made
    assert "products" in made


def test_a_click_on_a_reference_goes_to_its_row(ctx: Context, qtbot):
    preview = Preview()
    qtbot.addWidget(preview)
    with qtbot.waitSignal(preview.picked) as signal:
        preview.anchorClicked.emit(QUrl("row:document/d1"))
    assert signal.args == ["document", "d1"]


def test_the_text_of_a_section_is_written_when_another_is_chosen(ctx: Context, qtbot):
    page = SectionsPage(ctx, "section")
    qtbot.addWidget(page)
    page.show()
    page.reveal("s1")
    assert page.heading.text() == "1  Introduction"
    page.editor.text.setPlainText("Other *words*.\n\n- one\n- two")
    page.reveal("s2")
    assert ctx.data.get("section", "s1").body == "Other *words*.\n\n- one\n- two"
    assert ctx.plan.undoable.title == "Edit section Introduction"
    assert page.editor.text.toPlainText() == ""
    page.reveal("s1")
    assert page.preview.toPlainText().startswith("Other words.")
