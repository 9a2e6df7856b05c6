"""Accessible to all: every page and dialog, walked through by keys, with a name for every control that takes them."""

import importlib
import pkgutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

import ui
from dmdesk import changes as c
from dmdesk.baselines import Flaw, Verdict
from dmdesk.checks import Finding, Fix
from dmdesk.kinds import kinds
from dmdesk.risks import reviewing
from dmdesk.risks.ready import READY
from dmdesk.risks.rescaling import drafting
from tests.core.risks.register import risk, score
from ui import changesheet, focusing
from ui.actions import actions, perform
from ui.baselines.verdict import VerdictSheet
from ui.context import Context
from ui.dialogs import Dialogs, Sheet
from ui.history.ofrow import ThenSheet
from ui.navigation import places
from ui.printing import obstacles
from ui.printview.page import PrintPage
from ui.releasing.sheet import ReleaseSheet
from ui.review import asking
from ui.review.session import Session
from ui.review.starting import RunningSheet, StartSheet
from ui.risks import partsheet
from ui.risks.register import VIEWS
from ui.scales import sheet as scales
from ui.window import Window

PLACES = [place.name for place in places()]
BASES = {"Sheet", "FollowingSheet", "_Asking"}
"""Sheets that others are made of."""


def focusable(root: QWidget) -> list[QWidget]:
    return [widget for widget in (root, *root.findChildren(QWidget)) if focusing.takes_focus(widget)]


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control; of a box of choices not the one that is chosen."""
    if isinstance(widget, QComboBox):
        buddies = (label.text() for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
        return widget.accessibleName() or next(buddies, "")
    found = QAccessible.queryAccessibleInterface(widget)
    return (found.text(QAccessible.Text.Name) if found else "").strip()


def nameless(root: QWidget) -> list[str]:
    return [f"{type(one).__name__} {one.objectName()}" for one in focusable(root) if not name_of(one)]


def looks(widget: QWidget) -> object:
    """The picture of a control with what is around it, where its focus may show."""
    top = widget.window()
    at = widget.rect().adjusted(-4, -4, 4, 4).translated(widget.mapTo(top, widget.rect().topLeft()))
    return top.grab(at).toImage()


def at_rest(window: Window, qtbot: QtBot) -> None:
    """Wait until the page has all it shows; the preview is printed first."""
    qtbot.wait(150)
    page = window.stack.currentWidget()
    if isinstance(page, PrintPage):
        qtbot.waitUntil(lambda: page.view.edition is not None, timeout=20_000)


@pytest.mark.parametrize("place", PLACES)
def test_every_control_of_a_page_has_a_name(place: str, window: Window, qtbot: QtBot) -> None:
    window.go(place, "")
    qtbot.wait(150)
    assert nameless(window) == []
    if window.inspector is not None and window.inspector.isVisible():
        for tab in range(window.inspector.tabs.count()):
            window.inspector.tabs.setCurrentIndex(tab)
            assert nameless(window) == []


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_every_control_of_a_page_and_back_again(place: str, window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(place, "")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    at_rest(window, qtbot)
    start = QApplication.focusWidget()
    wanted = set(focusable(window)) - set(focusable(window.statusBar())) - set(focusable(window.menuBar()))
    reached = [start]
    for _ in range(4 * len(wanted)):
        QTest.keyClick(reached[-1], Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now is start:
            break
        reached.append(now)
    missed = [f"{type(one).__name__} {name_of(one)}" for one in wanted if one not in reached]
    assert missed == []
    QTest.keyClick(start, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is start


@pytest.mark.parametrize("view", list(VIEWS))
def test_tab_reaches_every_control_of_a_view_of_the_register_and_all_have_names(
    view: str, window: Window, ctx: Context, qtbot: QtBot
) -> None:
    make = kinds()["risk"].make
    ctx.step("Risk", [c.add(make({"key": "DM-T-001", "name": "Disks fail", "state": "active"}, "r1"))])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("risk", "r1")
    window.pages["risk"].turn(view)
    at_rest(window, qtbot)
    qtbot.wait(200)
    assert nameless(window) == []
    wanted, reached = set(focusable(window.stack.currentWidget())), set()
    window.stack.currentWidget().setFocus()
    for _ in range(200):
        now = QApplication.focusWidget()
        reached.add(now)
        if wanted <= reached:
            break
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert [f"{type(one).__name__} {name_of(one)}" for one in wanted - reached] == []


def test_tab_goes_from_the_rows_on_to_the_inspector(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("product", "HEADER")
    qtbot.wait(150)
    grid = window.pages["product"].grid
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert window.inspector.isAncestorOf(QApplication.focusWidget())
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is grid


@pytest.mark.parametrize("place", PLACES)
def test_the_focus_can_be_seen_on_every_control(place: str, window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go(place, "")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    at_rest(window, qtbot)
    unseen = []
    page = window.stack.currentWidget()
    controls = [*focusable(window.topbar), *focusable(page)]
    for one in controls:
        other = next(control for control in controls if control is not one)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        focusing.uncover(one)
        before = looks(one)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if looks(one) == before:
            unseen.append(f"{type(one).__name__} {name_of(one)}")
    assert unseen == []


def all_sheets() -> set[str]:
    """The names of all dialogs that the program has."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)

    def below(cls: type) -> Iterator[type]:
        for one in cls.__subclasses__():
            yield one
            yield from below(one)

    return {one.__name__ for one in below(Sheet) if one.__module__.startswith("ui.")} - BASES


def of_a_review(ctx: Context) -> Iterator[Sheet]:
    """The dialogs of a review, which need a risk and a review that runs."""
    threat = kinds()["risk"].make({"key": "DM-T-001", "name": "Late", "state": "active"})
    ctx.step("Add a risk", [c.add(threat)])
    yield StartSheet(ctx, print)
    deed = reviewing.start(ctx.data, "2017-09-25")
    ctx.step(deed.title, deed.changes, deed.why)
    review = reviewing.running(ctx.data)
    assert review is not None
    yield RunningSheet(ctx, review, print)
    session = Session(ctx, review.id)
    yield asking.WordsSheet("Move", "", "Why?", "Move", lambda *_: "", (("a", "A"), ("b", "B")))
    yield asking.ActionSheet(session)
    yield asking.JumpSheet(session)


def of_baselines(ctx: Context) -> Iterator[Sheet]:
    """What verification tells, of a sound and of a spoilt plan, and the steps of a release."""
    flaw = Flaw("3.0", "seal", "Baseline 3.0: its owner is not what was sealed.")
    yield VerdictSheet(ctx, Verdict((), (), ()))
    yield VerdictSheet(ctx, Verdict((), (flaw,), ("A clock was wrong.",)))
    for at in range(4):
        sheet = ReleaseSheet(ctx)
        sheet.obstacles.reason.setText("Because")
        sheet.terms.version.setText("9.0")
        sheet.turn(at)
        yield sheet
        assert sheet.at == at


def test_every_control_of_every_dialog_has_a_name_and_tab_reaches_it(
    window: Window, ctx: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: dict[str, list[str]] = {}

    def look(sheet: QDialog) -> None:
        sheet.activateWindow()
        qtbot.wait(20)
        lacking = [f"without a name: {one}" for one in nameless(sheet)]
        wanted, reached = set(focusable(sheet)), set()
        for _ in range(3 * len(wanted)):
            now = QApplication.focusWidget()
            reached.add(now)
            if wanted <= reached:
                break
            QTest.keyClick(now or sheet, Qt.Key.Key_Tab)
        lacking += [f"out of reach: {type(one).__name__} {name_of(one)}" for one in wanted - reached]
        seen.setdefault(type(sheet).__name__, []).extend(lacking)

    def modal() -> None:
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, QDialog) and sheet not in changesheet._open:
            look(sheet)
            sheet.reject()

    for way in ("open_file", "save_file", "folder"):
        monkeypatch.setattr(Dialogs, way, lambda *_: None)
    monkeypatch.setattr(ctx, "_ask", Dialogs())
    header = ctx.data.get("product", "HEADER")
    fixes = tuple(Fix(f"Call it {name}", (c.put(header, {"jira": name}),), name) for name in ("a", "b"))
    problem = Finding("x", "warning", "product", "HEADER", "jira", "No component.", fixes)
    timer = QTimer(interval=60)
    timer.timeout.connect(modal)
    timer.start()
    disks = kinds()["risk"].make(
        {"key": "DM-T-001", "name": "Disks fail", "kind": "threat", "state": "active"}, "r1"
    )
    action = kinds()["action"].make({"risk": "r1", "name": "Buy disks"}, "a1")
    ctx.step("Risk", [c.add(disks), c.add(action)])
    stands = {"wbs.renumber": ("wbs", "w3"), "person.leaves": ("person", "pKru"), "risk.move": ("risk", "r1"),
              "risk.score": ("risk", "r1"), "risk.clone": ("risk", "r1"),
              "history.take-back": ("history", "")}  # fmt: skip
    for entry in actions():
        if entry.name in ("file.quit", "help.log", "file.close", "file.sample", "file.new"):
            continue
        window.go(*stands.get(entry.name, ("product", "HEADER")))
        qtbot.wait(1)
        if entry.name == "cells.paste":
            QApplication.clipboard().setText("one\ttwo\nthree\tfour\n")
        ctx.findings = [problem]
        ctx.finding = problem
        perform(entry, ctx)
        qtbot.wait(1)
        for sheet in list(changesheet._open):
            look(sheet)
            sheet.reject()
    partsheet.ask(ctx, "action", "a1")
    for sheet in list(changesheet._open):  # each before the next, which would stand above it and go with it
        look(sheet)
        sheet.reject()
    changes = [c.put(ctx.data.get("product", "HEADER"), {"jira": "then"})]
    changesheet.opened(ThenSheet(ctx, header, ctx.plan.history(1)[0], changes))
    for sheet in list(changesheet._open):
        look(sheet)
        sheet.reject()
    sheet = obstacles.ObstacleSheet(ctx, "Print", {"Placeholders": [problem]}, lambda: None)
    sheet.open()
    look(sheet)
    sheet.reject()
    for sheet in chain(of_a_review(ctx), of_baselines(ctx)):
        sheet.open()
        look(sheet)
        sheet.reject()
    ctx.step("Judge a risk", [c.add(risk("r")), c.add(score("r", 4, 4))])
    rescaling = scales.ask_use(ctx, drafting.begun(READY["doe"]))
    look(rescaling)
    rescaling.reject()
    timer.stop()
    assert {name: lacking for name, lacking in seen.items() if lacking} == {}
    assert all_sheets() - {*seen} == set()


def test_cells_say_their_marks_in_words(window: Window, ctx: Context) -> None:
    window.go("product", "ODD")
    model = window.pages["product"].model

    def said(id: str, column: str) -> str:
        index = model.index(model.row_of(id), model.columns.index(column))
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole))

    assert said("ARC", "managers") == "Simon Krughoff (inherited)"
    assert said("ODD", "wbs").startswith("1.02C.07 (moving), 1.02C.03.09 (unresolved, ")
    assert said("HEADER", "name").startswith("Header Generator")
