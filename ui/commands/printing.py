"""Printing: to a PDF file or a printer, after a look at what stands in the way."""

from __future__ import annotations

from ui.actions import action, with_plan
from ui.context import Context


@action("file.print", "Print to PDF…", key="Ctrl+P", icon="print", menu="File", part="print", when=with_plan)
def print_plan(ctx: Context) -> None:
    """Print the plan, or some of it, to a PDF file."""
    from ui.printing.export import ask
    from ui.printing.obstacles import before

    before(ctx, "Print to PDF", lambda: ask(ctx))


@action("file.printer", "Print to a printer…", icon="print", menu="File", part="print", when=with_plan)
def print_on_paper(ctx: Context) -> None:
    """Print the plan on paper."""
    from ui.printing.obstacles import before
    from ui.printing.printer import ask

    before(ctx, "Print to a printer", lambda: ask(ctx))
