"""Printing the minutes of a review into a file of their own, by the way every print goes."""

from __future__ import annotations

from dmdesk.model import RiskReview
from dmdesk.report import Options, Printed
from ui.commands.file import beside, the_plan
from ui.context import Context
from ui.printing import making
from ui.printing.export import written


def print_minutes(ctx: Context, review: RiskReview) -> None:
    """Ask for the file, and print the minutes there in the background."""
    if ctx.plan is None:
        return
    start = beside(the_plan(ctx), f"risk-review-{review.key}.pdf")
    path = ctx.ask.save_file("Print minutes", start, "PDF (*.pdf)")
    if path is None:
        return
    path = path if path.suffix else path.with_suffix(".pdf")
    options = Options(only=(f"review:{review.key}",), paper=making.paper())
    data = ctx.plan.snapshot()

    def done(result: Printed | str) -> None:
        ctx.report(result) if isinstance(result, str) else ctx.said.emit(f"Printed to “{path.name}”")

    ctx.tasks.run(f"Printing “{path.name}”", lambda task: written(task, data, path, options, {}), done)
