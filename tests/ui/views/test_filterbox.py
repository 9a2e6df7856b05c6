"""The filter box: conditions, what is wrong, what may be typed, and filters kept by name, on a real page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dmdesk import changes as c
from tests.ui.small_plan import large
from ui.context import Context
from ui.views import keptfilters, make_page
from ui.views.filterbox import FilterBox
from ui.views.keptfilters import KeptFilters
from ui.views.page import Page

Key = Qt.Key


@pytest.fixture
def page(ctx: Context, qtbot) -> Page:
    """The products page, with the cursor in its filter."""
    made = make_page(ctx, "product")
    assert isinstance(made, Page)
    qtbot.addWidget(made)
    ctx.page_kind = "product"
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_filter()
    return made


def hits(page: Page) -> set[str]:
    return {id for id in page.model.shown if page.model.is_hit(id)}


def offered(page: Page) -> list[str]:
    found = page.filter._offers
    return [offer.text for offer in found.offers] if found is not None and found.isVisible() else []


def typed(box: FilterBox, text: str) -> None:
    QTest.keyClicks(box, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("header", {"HEADER"}),
        ("manager:plutchak", {"HEADER"}),
        ("kind:hardware or kind:service", {"ARC", "DAC"}),
        ("wbs:?", {"ODD"}),
        ("own:manager", {"DM", "HEADER"}),
        ("is:leaf -kind:hardware", {"HEADER", "DAC", "ODD"}),
    ],
)
def test_words_and_conditions_filter_while_they_are_typed(page: Page, text: str, found: set[str]):
    typed(page.filter, text)
    QTest.keyClick(page.filter, Key.Key_Escape)
    page.filter.setText(text)
    assert hits(page) == found


def test_the_ways_to_what_fits_a_condition_stay_in_the_tree(page: Page):
    page.filter.setText("manager:plutchak")
    assert page.model.shown == ["DM", "L1", "HEADER"]


def test_half_a_condition_leaves_the_rows_to_those_before_it(page: Page):
    page.filter.setText("kind:hardware")
    typed(page.filter, " no:")
    assert hits(page) == {"ARC"}
    assert page.filter.wrong
    typed(page.filter, "owner")
    assert hits(page) == {"ARC"}
    assert not page.filter.wrong


def test_what_cannot_be_read_at_all_leaves_the_rows_as_they_were(page: Page):
    page.filter.setText("kind:hardware")
    page.filter.setText("( kind:hardware colour:red")
    assert hits(page) == {"ARC"}
    assert page.filter.wrong


def test_what_is_wrong_is_said_below_the_line_after_a_pause_and_goes_with_the_next_key(page: Page, qtbot):
    typed(page.filter, "colour:red")
    assert not page.filter.note()
    qtbot.waitUntil(lambda: bool(page.filter.note()), timeout=3000)
    assert "have no field “colour”" in page.filter.note()
    assert page.filter._underline().width() > 10
    typed(page.filter, "x")
    assert not page.filter.note()


def test_fields_and_values_are_offered_and_tab_takes_them(page: Page):
    typed(page.filter, "man")
    assert offered(page)[0] == "manager:"
    QTest.keyClick(page.filter, Key.Key_Tab)
    assert page.filter.text() == "manager:"
    assert '"Joel Plutchak"' in offered(page)
    typed(page.filter, "plu")
    QTest.keyClick(page.filter, Key.Key_Tab)
    assert page.filter.text() == 'manager:"Joel Plutchak" '
    assert page.filter.hasFocus()
    assert hits(page) == {"HEADER"}


def test_enter_takes_only_what_the_arrows_have_chosen(page: Page):
    typed(page.filter, "kind:")
    QTest.keyClick(page.filter, Key.Key_Down)
    QTest.keyClick(page.filter, Key.Key_Return)
    first = page.filter.text()
    assert first.startswith("kind:")
    assert first.endswith(" ")
    page.filter.setText("")
    typed(page.filter, "na")
    QTest.keyClick(page.filter, Key.Key_Return)
    assert page.filter.text() == "na"
    assert not offered(page)
    assert page.grid.hasFocus()


def test_escape_closes_the_offers_before_it_clears_the_line(page: Page):
    typed(page.filter, "man")
    QTest.keyClick(page.filter, Key.Key_Escape)
    assert (offered(page), page.filter.text()) == ([], "man")
    QTest.keyClick(page.filter, Key.Key_Escape)
    assert page.filter.text() == ""


def test_control_and_space_say_what_can_be_typed(page: Page):
    QTest.keyClick(page.filter, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert {"manager:", "is:", "changed:"} <= set(offered(page))
    assert page.filter.text() == ""


def test_rows_with_problems_are_found_as_soon_as_the_checks_have_found_them(page: Page, ctx: Context):
    class Found:
        kind, id, level, field, words = "product", "ARC", "warning", "", "Something is wrong."

    page.filter.setText("is:problem")
    assert hits(page) == set()
    ctx.found_now([Found()])
    assert hits(page) == {"ARC"}


def test_what_was_changed_lately_is_read_from_the_history(page: Page, ctx: Context):
    page.filter.setText("changed>2000-01-01")
    assert "HEADER" in hits(page)
    page.filter.setText("changed>2999-01-01")
    assert hits(page) == set()


def test_a_release_that_the_plan_does_not_have_is_said_and_nothing_changes(page: Page):
    page.filter.setText("changed>99.9")
    assert "nor a release" in page.filter.wrong
    assert len(page.model.shown) == 6


def menu_of(page: Page) -> dict[str, object]:
    button = page.findChild(KeptFilters)
    assert button is not None
    button.renew()
    return {entry.text().split("\t")[0]: entry for entry in button.menu().actions() if entry.text()}


def test_a_ready_made_filter_is_used_by_choosing_it_and_chosen_again_goes(page: Page):
    menu_of(page)["Unresolved WBS"].trigger()
    assert page.filter.text() == "wbs:?"
    menu_of(page)["Unresolved WBS"].trigger()
    assert page.filter.text() == ""


def test_a_filter_is_kept_by_name_for_its_kind_only_and_can_be_deleted(page: Page, ctx: Context, monkeypatch):
    page.filter.setText("kind:hardware")
    monkeypatch.setattr(ctx.ask, "text", lambda *_: " Boxes & racks ", raising=False)
    menu_of(page)["Keep this filter…"].trigger()
    assert keptfilters.kept("product") == [("Boxes & racks", "kind:hardware")]
    assert keptfilters.kept("wbs") == []
    page.filter.clear()
    menu_of(page)["Boxes && racks"].trigger()
    assert hits(page) == {"ARC"}
    button = page.findChild(KeptFilters)
    button.forget("Boxes & racks")
    assert keptfilters.kept("product") == []
    assert "Boxes && racks" not in menu_of(page)


def test_strange_settings_are_no_filters(page: Page):
    from ui import settings

    settings.put(keptfilters.KEY, {"product": [["only one"], 7, ["", "x"], ["ok", "header"]]})
    assert keptfilters.kept("product") == [("ok", "header")]


def test_ten_thousand_rows_are_filtered_letter_by_letter(page: Page, ctx: Context):
    ctx.step("Fill", [c.add(row) for row in large(10_000) if ctx.data.anywhere(f"wbs:{row.id}") is None])
    while not page.model.warm():
        pass
    shown = []
    for text in ("a", "ar", "arc", "arch", "archi kind:soft", "no:manager", ""):
        page.filter.setText(text)
        shown.append(page.model.rowCount())
    assert shown[0] >= shown[1] >= shown[2] >= shown[3] > 0
    assert shown[-1] >= shown[0]
