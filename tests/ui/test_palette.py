"""Go to anything: what is found, in what order, how fast, and with the keyboard alone."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dmdesk import changes as c
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from ui.context import Context
from ui.palette import Entry, Found, Palette, best, of_kind
from ui.window import Window


def titles(typed: str, *names: str) -> list[str]:
    entries = [Entry("\n" + name.casefold() + "\n", name, "", "product", name) for name in names]
    return [entry.title for entry in best(entries, typed)[0]]


def test_whole_names_come_before_begins_before_begins_of_words_before_the_rest() -> None:
    names = ("Megadata", "The Data", "Data Access", "Data")
    assert titles("data", *names) == ["Data", "Data Access", "The Data", "Megadata"]


def test_each_word_may_stand_anywhere_but_begins_count_more() -> None:
    assert titles("acc dat", "Accurate megadata", "Data Access", "Nothing") == [
        "Data Access",
        "Accurate megadata",
    ]


def test_all_words_must_be_there() -> None:
    assert titles("data xyz", "Data Access") == []


def test_a_row_is_found_by_title_key_and_earlier_name(ctx: Context) -> None:
    row = ctx.data.rows("product")["HEADER"]
    ctx.step("Rename", [c.put(row, {"aka": ("Hdr Builder",)})])
    for typed in ("header gen", "HEADER", "hdr"):
        found, _ = best(of_kind(ctx.data, kinds()["product"]), typed)
        assert found[0].target == "HEADER", typed


def test_what_was_prepared_follows_a_change(window: Window) -> None:
    found = Found(window.ctx, window)
    found.start()
    found.look("header generator")
    assert [entry.target for entry in found.rows] == ["HEADER"]
    window.ctx.step("Rename", [c.put(window.ctx.data.rows("product")["HEADER"], {"name": "Zorro"})])
    found.start()
    found.look("zorro")
    assert [entry.target for entry in found.rows] == ["HEADER"]


def test_typing_on_and_taking_back_shows_what_fits_now(window: Window) -> None:
    found = Found(window.ctx, window)
    found.start()
    for typed in ("d", "da", "dat", "data", "data m", "data man"):
        found.look(typed)
        narrowed = [entry.target for entry in found.rows]
        fresh = Found(window.ctx, window)
        fresh.start()
        fresh.look(typed)
        assert narrowed == [entry.target for entry in fresh.rows], typed
    found.look("da")
    assert "DAC" in [entry.target for entry in found.rows]


def palette(window: Window) -> Palette:
    window.ctx.wanted.emit("palette")
    assert window.palette_over is not None
    return window.palette_over


def test_the_keyboard_alone_goes_to_a_row(window: Window, qtbot: QtBot) -> None:
    over = palette(window)
    qtbot.keyClicks(over.field, "Header Gen")
    qtbot.keyClick(over.field, Qt.Key.Key_Return)
    assert not over.isVisible()
    assert window.ctx.page_kind == "product"
    assert window.ctx.current == ("product", "HEADER")


def test_the_arrow_keys_choose_and_stop_at_the_ends(window: Window, qtbot: QtBot) -> None:
    over = palette(window)
    qtbot.keyClick(over.field, Qt.Key.Key_Up)
    assert over.view.currentIndex().row() == 0
    qtbot.keyClick(over.field, Qt.Key.Key_Down)
    assert over.view.currentIndex().row() == 1
    for _ in range(20):
        qtbot.keyClick(over.field, Qt.Key.Key_PageDown)
    assert over.view.currentIndex().row() == over.model.rowCount() - 1


def test_escape_leaves_everything_as_it_was(window: Window, qtbot: QtBot) -> None:
    window.go("product", "ARC")
    over = palette(window)
    qtbot.keyClicks(over.field, "header")
    qtbot.keyClick(over.field, Qt.Key.Key_Escape)
    assert not over.isVisible()
    assert window.ctx.current == ("product", "ARC")


def test_an_action_is_found_by_its_name_and_done(window: Window, qtbot: QtBot) -> None:
    over = palette(window)
    qtbot.keyClicks(over.field, "undo fill")
    qtbot.keyClick(over.field, Qt.Key.Key_Return)
    assert window.ctx.data.rows("product") == {}


def test_hostile_names_are_shown_as_they_are(window: Window) -> None:
    over = palette(window)
    over.field.setText("<b>bold</b>")
    assert [entry.target for entry in over.model.rows] == ["ODD"]
    over.grab()


def test_nothing_found_is_said(window: Window) -> None:
    over = palette(window)
    over.field.setText("xyzzy")
    assert over.nothing.isVisible()
    assert not over.view.isVisible()


def test_thirty_thousand_rows_are_narrowed_letter_by_letter(window: Window) -> None:
    kind = kinds()["requirement"]
    rows = [
        kind.make({"key": f"DMS-REQ-{n:05}", "name": f"Requirement of the {n}th kind"}) for n in range(30_000)
    ]
    window.ctx.data = PlanData.of(rows)
    found = Found(window.ctx, window)
    found.start()
    found.look("x")
    for typed in ("r", "re", "req", "requirement 2", "requirement 29", "requirement 299"):
        found.look(typed)
    assert found.rows[0].title == "Requirement of the 299th kind"
