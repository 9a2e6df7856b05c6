"""Printing a change request or the minutes of a meeting into a file of their own, by the way every print goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmdesk import working
from dmdesk.report import Options, Printed
from ui.commands.file import beside, the_plan
from ui.context import Context
from ui.printing import making
from ui.printing.export import written

if TYPE_CHECKING:
    from ui.tasks import Task

NAMES = {"rfc": "change request", "docket": "minutes"}


def print_part(ctx: Context, part: str, key: str) -> Task | None:
    """Ask for the file, and print one request or meeting there in the background."""
    plan = the_plan(ctx)
    path = ctx.ask.save_file(f"Print {NAMES[part]}", beside(plan, f"{key}.pdf"), "PDF (*.pdf)")
    if path is None:
        return None
    path = path if path.suffix else path.with_suffix(".pdf")
    work = {id: working.working_set(plan, id).parts for id in ctx.data.rows("rfc")}
    options = Options(only=(f"{part}:{key}",), paper=making.paper(), work=work)
    data = plan.snapshot()

    def done(result: Printed | str) -> None:
        ctx.report(result) if isinstance(result, str) else ctx.said.emit(f"Printed to “{path.name}”")

    return ctx.tasks.run(f"Printing “{path.name}”", lambda task: written(task, data, path, options, {}), done)
