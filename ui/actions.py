"""Actions: what a person can do, each declared once as a value.

Menus, tool buttons, shortcuts, the shortcut sheet and the command palette are all made from this list, and a
test runs over all of it, so nothing can be done by one way only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmdesk.registry import Registry
from dmdesk.values import frozen

if TYPE_CHECKING:
    from ui.context import Context

Run = Callable[["Context"], None]
When = Callable[["Context"], bool]


def always(_: Context) -> bool:
    """For actions that can be run at any time."""
    return True


def with_plan(ctx: Context) -> bool:
    """For actions that need an open plan."""
    return ctx.plan is not None


def writable(ctx: Context) -> bool:
    """For actions that change the open plan."""
    return ctx.writable


def on_row(ctx: Context) -> bool:
    """For actions that change the selected rows."""
    return ctx.writable and bool(ctx.rows())


@frozen
class Action:
    """Something a person can do.

    ``key`` is a shortcut in Qt's portable form, alternatives parted by "; ". ``menu`` is a menu's name, with
    a submenu after a slash ("View/Theme"), or "" for the palette only. ``part`` groups entries of a menu
    between separators. ``words`` gives a label that depends on the state, ``checked`` makes it one that is on
    or off.
    """

    name: str
    label: str
    run: Run
    key: str = ""
    icon: str = ""
    menu: str = ""
    part: str = ""
    when: When = always
    words: Callable[[Context], str] | None = None
    checked: When | None = None
    help: str = ""

    def text(self, ctx: Context) -> str:
        """The label as it reads now."""
        return self.words(ctx) if self.words else self.label


ACTIONS: Registry[Action] = Registry("action")


def action(
    name: str, label: str, *, key: str = "", icon: str = "", menu: str = "", part: str = "",
    when: When = always, words: Callable[[Context], str] | None = None, checked: When | None = None,
) -> Callable[[Run], Run]:  # fmt: skip
    """Declare the decorated function as an action; its docstring is the action's help."""

    def declare(run: Run) -> Run:
        help_text = " ".join((run.__doc__ or "").split())
        ACTIONS.add(Action(name, label, run, key, icon, menu, part, when, words, checked, help_text))
        return run

    return declare


_all: list[bool] = []
"""Not empty once every action is declared."""


def actions() -> Registry[Action]:
    """All actions, in the order in which menus show them."""
    if not _all:
        from ui.commands import declare

        declare()
        _all.append(True)
    return ACTIONS


def perform(action: Action, ctx: Context) -> None:
    """Run an action if it can be run now; what goes wrong with the plan is told as one sentence."""
    from dmdesk.errors import PlanError
    from dmdesk.types import BadValue

    if not action.when(ctx):
        return
    try:
        action.run(ctx)
    except (PlanError, BadValue) as error:
        ctx.report(error)
