"""The View menu: where to look, which panels, light or dark."""

from __future__ import annotations

from ui.actions import ACTIONS, Action, action, with_plan
from ui.context import Context
from ui.navigation import places
from ui.theme import CHOICES, themes

PREVIEW = "printview"
OWN = ("history", "baselines", PREVIEW, "compare")
"""Pages with an action of their own."""


def _panel(name: str, label: str, key: str) -> None:
    ACTIONS.add(
        Action(
            f"view.{name}", label, lambda ctx: ctx.wanted.emit(name), key, menu="View", part="panels",
            when=with_plan, checked=lambda ctx: ctx.panels.get(name, True), help=f"Show or hide: {label.lower()}.",
        )
    )  # fmt: skip


@action("view.palette", "Go to anything…", key="Ctrl+K", icon="search", menu="View", part="go")
def palette(ctx: Context) -> None:
    """Find any page, row or action by a word of its name."""
    ctx.wanted.emit("palette")


@action("view.back", "Back", key="Alt+Left", icon="chevron-left", menu="View", part="go", when=with_plan)
def back(ctx: Context) -> None:
    """Go back to where you were."""
    ctx.wanted.emit("back")


@action(
    "view.forward", "Forward", key="Alt+Right", icon="chevron-right", menu="View", part="go", when=with_plan
)
def forward(ctx: Context) -> None:
    """Go where you were before you went back."""
    ctx.wanted.emit("forward")


@action("view.history", "History", key="Ctrl+Shift+H", icon="history", menu="View", part="go", when=with_plan)
def history(ctx: Context) -> None:
    """Every step that was ever made, with old and new values."""
    ctx.show("history")


@action("view.preview", "Preview", key="Ctrl+Shift+P", icon="preview", menu="View", part="go", when=with_plan)
def preview(ctx: Context) -> None:
    """The pages as they will be printed, true again a moment after each edit."""
    ctx.show(PREVIEW)


def _crosses(ctx: Context) -> bool:
    return ctx.plan is not None and ctx.row() is not None


def _crossing_words(ctx: Context) -> str:
    return "Show in plan" if ctx.page_kind == PREVIEW else "Show in print"


@action(
    "view.in-print", "Show in print", key="F7", icon="print", menu="View", part="go", when=_crosses,
    words=_crossing_words,
)  # fmt: skip
def in_print(ctx: Context) -> None:
    """Go from the current row to where it is printed, and from the preview to where the row stands in the plan."""
    kind, id = ctx.current
    if ctx.page_kind == PREVIEW:
        ctx.show(kind, id)
    else:
        ctx.show(PREVIEW, f"{kind}:{id}")


def _go_to(name: str, label: str, picture: str, key: str) -> None:
    ACTIONS.add(
        Action(
            f"go.{name}", label, lambda ctx: ctx.show(name), key, picture, menu="View/Go to page",
            when=with_plan, help=f"Show the page: {label.lower()}.",
        )
    )  # fmt: skip


for _at, _place in enumerate(place for place in places() if place.name not in OWN):
    _go_to(_place.name, _place.label, _place.icon, f"Ctrl+{_at + 1}" if _at < 9 else "")


@action(
    "problem.next",
    "Next problem",
    key="F4",
    icon="chevron-down",
    menu="View",
    part="problems",
    when=with_plan,
)
def next_problem(ctx: Context) -> None:
    """Go to the row of the next problem."""
    ctx.wanted.emit("next problem")


@action(
    "problem.previous",
    "Previous problem",
    key="Shift+F4",
    icon="chevron-up",
    menu="View",
    part="problems",
    when=with_plan,
)
def previous_problem(ctx: Context) -> None:
    """Go to the row of the problem before."""
    ctx.wanted.emit("previous problem")


@action("view.panes", "Next pane", key="F6", menu="View", part="panels", when=with_plan)
def next_pane(ctx: Context) -> None:
    """Move the cursor to the next part of the window: navigation, page, inspector, problems."""
    ctx.wanted.emit("next pane")


_panel("navigation", "Navigation", "Ctrl+B")
_panel("problems", "Problems", "F8")
_panel("inspector", "Inspector", "F9")


def _theme(choice: str, label: str, picture: str) -> None:
    ACTIONS.add(
        Action(
            f"theme.{choice}", label, lambda _: themes().choose(choice), icon=picture, menu="View/Theme",
            checked=lambda _: themes().choice == choice, help=f"Theme: {label.lower()}.",
        )
    )  # fmt: skip


for _choice, _label, _icon in zip(
    CHOICES, ("As the system", "Light", "Dark"), ("settings", "light", "dark"), strict=True
):
    _theme(_choice, _label, _icon)
