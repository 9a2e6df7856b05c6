"""The end of the File menu: close the plan, leave the program."""

from __future__ import annotations

from ui.actions import action, with_plan
from ui.context import Context


@action("file.close", "Close the plan", key="Ctrl+W", icon="close", menu="File", part="end", when=with_plan)
def close(ctx: Context) -> None:
    """Close the plan; everything is saved already."""
    ctx.close()


@action("file.quit", "Quit", key="Ctrl+Q", menu="File", part="end")
def quit_program(ctx: Context) -> None:
    """Leave dmdesk; everything is saved already."""
    ctx.wanted.emit("quit")
