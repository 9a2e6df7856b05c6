"""Printing datasheets: those of the selected products alone, each with what is open and what happened to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ui.actions import action
from ui.commands.file import beside, the_plan
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from ui.tasks import Task


def _on_product(ctx: Context) -> bool:
    return ctx.plan is not None and ctx.current[0] == "product" and ctx.row() is not None


@action(
    "product.datasheet",
    "Print the datasheet…",
    icon="print",
    menu="File",
    part="print",
    when=_on_product,
    words=lambda ctx: "Print the datasheets…" if len(_products(ctx)) > 1 else "Print the datasheet…",
)
def print_datasheet(ctx: Context) -> None:
    """Print the datasheets of the selected products alone, each with its history, to a PDF file."""
    from ui.datasheet import open_findings

    plan, rows = the_plan(ctx), _products(ctx)
    name = re.sub(r"[^\w.-]+", "-", ctx.data.key(rows[0]) or ctx.data.title(rows[0]))[:60]
    start = beside(plan, f"{name}-datasheet{'s' * (len(rows) > 1)}.pdf")
    path = ctx.ask.save_file("Print to a PDF file", start, "PDF (*.pdf)")
    if path is None:
        return
    path = path if path.suffix else path.with_suffix(".pdf")
    data, found = plan.snapshot(), open_findings(ctx)
    steps = {row.id: plan.history_of(row) for row in rows}

    def work(task: Task) -> Path:
        from dmdesk import report
        from dmdesk.report.datasheet import history

        told = {id: history(data, kept) for id, kept in steps.items()}
        options = report.Options(only=["datasheets"], of=set(steps), findings=found, history=told)
        report.build(data, path, options, task.progress)
        return path

    ctx.tasks.run(f"Printing “{path.name}”", work, lambda made: _printed(ctx, made))


def _products(ctx: Context) -> list[Entity]:
    """The selected products, or the current one."""
    rows, row = ctx.rows(), ctx.row()
    return rows if row in rows else [row] if row is not None else []


def _printed(ctx: Context, path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    ctx.said.emit(f"Printed to “{path.name}”")
    wanted = ctx.ask.confirm(f"The datasheets are printed to “{path}”.", "Open it", no="Close")
    if wanted and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        ctx.ask.tell(f"No program was found that opens PDF files; the datasheets are in “{path}”.")
