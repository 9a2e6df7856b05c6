"""Datasheets printed from the window: those of the selected products alone, with what happened to them."""

from pathlib import Path

import pypdfium2 as pdfium
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from tests.ui.answers import Answers
from ui.actions import actions, perform
from ui.context import Context
from ui.window import Window


def text_of(path: Path) -> str:
    document = pdfium.PdfDocument(path.read_bytes())
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def printed(window: Window, answers: Answers, out: Path, qtbot: QtBot) -> str:
    answers.yes, answers.file = False, out
    perform(actions()["product.datasheet"], window.ctx)
    qtbot.waitUntil(lambda: any("are printed to" in asked for asked in answers.asked), timeout=20_000)
    return text_of(out)


def test_the_datasheet_of_the_current_product_is_printed_alone_with_its_history(
    window: Window, ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    ctx.step("Rename", [c.put(ctx.data.get("product", "HEADER"), {"name": "Header Maker"})])
    window.go("product", "HEADER")
    shown = printed(window, answers, tmp_path / "one.pdf", qtbot)
    assert "HEADER-datasheet.pdf" in answers.asked[0]
    assert "Name: Header Generator → Header Maker" in shown
    assert "ctrl_iip" in shown
    assert "Data Access Center" not in shown


def test_the_datasheets_of_all_selected_products_are_printed(
    window: Window, ctx: Context, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    window.go("product", "HEADER")
    ctx.set_rows("product", ["HEADER", "DAC"])
    assert actions()["product.datasheet"].text(ctx) == "Print the datasheets…"
    shown = printed(window, answers, tmp_path / "two.pdf", qtbot)
    assert "Header Generator" in shown and "Data Access Center" in shown


def test_only_products_have_datasheets(window: Window, ctx: Context) -> None:
    window.go("person", "pKru")
    assert not actions()["product.datasheet"].when(ctx)
