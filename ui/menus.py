"""Menus: Qt's actions, the menu bar and the sheet of shortcuts, all made from the list of actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.actions import ACTIONS, Action, actions, perform
from ui.context import Context
from ui.theme import icon, theme

BAR = ("File", "Edit", "Risks", "Change control", "Baselines", "View", "Help")


class Menus:
    """The Qt actions of a window, by name; ``renew`` brings words and states up to date.

    Those that are seen at once are made when they are asked for; ``complete`` makes the others and fills the menus.
    """

    def __init__(self, ctx: Context, window: QMainWindow) -> None:
        self._ctx = ctx
        self._window = window
        self._acts: dict[str, QAction] = {}
        self._tops = {name: window.menuBar().addMenu(f"&{name}") for name in BAR}
        ctx.working.connect(self.renew)

    @property
    def acts(self) -> Mapping[str, QAction]:
        """All of them."""
        self.complete()
        return self._acts

    def act(self, name: str) -> QAction:
        """One of them."""
        return self._acts.get(name) or self._made(ACTIONS[name] if name in ACTIONS else actions()[name])

    def complete(self) -> None:
        """Make what nobody has asked for yet, so that every key works and every menu is full."""
        entries = actions()
        if len(self._acts) == len(entries):
            return
        made = {entry.name: self.act(entry.name) for entry in entries}
        self._acts = made
        self._window.addActions(list(made.values()))
        self._fill()
        self.renew()

    def _made(self, entry: Action) -> QAction:
        act = self._acts[entry.name] = self._new(entry)
        self._renew(entry, act)
        return act

    def _new(self, entry: Action) -> QAction:
        act = QAction(entry.label, self._window)
        act.setObjectName(entry.name)
        if entry.icon:
            act.setIcon(icon(entry.icon))
        if entry.key:
            act.setShortcuts(QKeySequence.listFromString(entry.key))
        act.setCheckable(entry.checked is not None)
        act.setStatusTip(entry.help)
        act.triggered.connect(lambda: self._perform(entry))
        return act

    def _perform(self, entry: Action) -> None:
        perform(entry, self._ctx)
        self.renew()

    def _fill(self) -> None:
        bar, menus = self._window.menuBar(), dict(self._tops)
        parts: dict[str, str] = {}
        for entry in actions():
            if not entry.menu:
                continue
            top, _, sub = entry.menu.partition("/")
            if top not in menus:
                menus[top] = bar.addMenu(f"&{top}")
            menu = menus[top]
            if sub and entry.menu not in menus:
                menus[entry.menu] = menu.addMenu(sub)
            if sub:
                menu = menus[entry.menu]
            elif parts.get(top, entry.part) != entry.part:
                menu.addSeparator()
            if not sub:
                parts[top] = entry.part
            menu.addAction(self._acts[entry.name])
        for menu in menus.values():
            menu.aboutToShow.connect(self.renew)
            menu.setToolTipsVisible(False)

    def fill(self, menu: QMenu, names: Iterable[str]) -> QMenu:
        """Put actions into a menu, as for a page's context menu; "" makes a separator."""
        for name in names:
            if name:
                menu.addAction(self.acts[name])
            else:
                menu.addSeparator()
        return menu

    def renew(self) -> None:
        """Bring the words, state and tooltip of every action that was made up to date."""
        for name, act in self._acts.items():
            self._renew(ACTIONS[name], act)

    def _renew(self, entry: Action, act: QAction) -> None:
        act.setEnabled(entry.when(self._ctx))
        if entry.words:
            act.setText(entry.words(self._ctx).replace("&", "&&"))
        if entry.checked is not None:
            act.setChecked(entry.checked(self._ctx))
        act.setToolTip(tip(entry, self._ctx))

    def show_keys(self) -> None:
        """Show every shortcut on one sheet."""
        from ui.dialogs import Sheet, lines

        sheet = Sheet("Shortcuts", "Every action can also be found by its name with Ctrl+K.", self._window)
        keyed = [entry for entry in actions() if entry.key]
        width = max(len(keys(entry)) for entry in keyed)
        view = lines([f"{keys(entry):<{width}}   {entry.label}" for entry in keyed])
        view.setFont(theme().font("mono"))
        sheet.put(view, "Shortcuts")
        sheet.end("Close", "")
        sheet.resize(520, 640)
        sheet.ask()


def keys(entry: Action) -> str:
    """An action's shortcuts as the system writes them."""
    return _native(entry.key)


@cache
def _native(key: str) -> str:
    return ", ".join(
        one.toString(QKeySequence.SequenceFormat.NativeText) for one in QKeySequence.listFromString(key)
    )


def tip(entry: Action, ctx: Context) -> str:
    """What a button says when the mouse rests on it: the name as it reads now, and the shortcut."""
    words = entry.text(ctx).rstrip("…")
    first = keys(entry).split(", ")[0]
    return f"{words} ({first})" if first else words
