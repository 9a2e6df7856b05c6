"""Exporting: what a comparison shows, as a change record in a file, by the ending of the file's name."""

from __future__ import annotations

import re
from pathlib import Path

from dmdesk.comparing import Comparison, Item
from dmdesk.record import Record, written
from dmdesk.saving import put_in_place
from dmdesk.values import replace
from ui.commands.file import beside, the_plan
from ui.compare.lines import FIELD, ITEM, Line
from ui.compare.states import Compared
from ui.context import Context
from ui.tasks import Task

FORMS = {
    ".xlsx": ("xlsx", "Spreadsheet"), ".pdf": ("pdf", "PDF"), ".csv": ("csv", "CSV"), ".md": ("md", "Markdown"),
    ".tex": ("latex", "LaTeX"), ".json": ("json", "JSON"), ".txt": ("text", "Text"),
}  # fmt: skip
"""Ending of a file's name → form of the record, and what people call it."""


def export(ctx: Context, found: Compared, lines: list[Line], scope: tuple[str, ...]) -> None:
    """Ask for a file, and write what is shown into it in the background."""
    _write(ctx, found, lines, scope, "Export the change record", list(FORMS))


def print_record(ctx: Context, found: Compared, lines: list[Line], scope: tuple[str, ...]) -> None:
    """Ask for a PDF file, and print what is shown into it in the background."""
    _write(ctx, found, lines, scope, "Print the change record", [".pdf"])


def print_on_paper(ctx: Context, found: Compared, lines: list[Line], scope: tuple[str, ...]) -> None:
    """Ask for a printer, and print what is shown on it in the background."""
    from ui.printing.printer import ask

    record = _record(found, lines, scope)
    ask(ctx, lambda _, task: pages(record, task))


def pages(record: Record, task: Task) -> bytes:
    """The record as it is put on paper. Runs in a task."""
    from dmdesk.record.pdf import printed
    from ui.printing import making

    with making.turn(task.progress, lambda: task.cancelled):
        return printed(record, making.paper(), task.progress, lambda: task.cancelled).pdf


def _record(found: Compared, lines: list[Line], scope: tuple[str, ...]) -> Record:
    return Record(shown(found.comparison, lines), found.old.words, found.new.words, scope)


def _write(
    ctx: Context, found: Compared, lines: list[Line], scope: tuple[str, ...], title: str, endings: list[str]
) -> None:
    start = beside(the_plan(ctx), f"{_name(found)}{endings[0]}")
    filters = ";;".join(f"{FORMS[ending][1]} (*{ending})" for ending in endings)
    path = ctx.ask.save_file(title, start, filters)
    if path is None:
        return
    path = path if path.suffix.lower() in FORMS else path.with_name(f"{path.name}{endings[0]}")
    record = _record(found, lines, scope)
    form = FORMS[path.suffix.lower()][0]

    def work(task: Task) -> Path:
        content = written(record, form)
        task.progress(1, 1, "Writing")
        put_in_place(path, content)
        return path

    ctx.tasks.run(f"Writing “{path.name}”", work, lambda _: ctx.said.emit(f"Written to “{path.name}”"))


def _name(found: Compared) -> str:
    return re.sub(r"[^\w.-]+", "-", f"changes-{found.old.name}-{found.new.name}".lower())


def shown(comparison: Comparison, lines: list[Line]) -> Comparison:
    """The comparison with the items and fields that stand in the lines, and no others."""
    items = {(line.item.kind, line.item.id) for line in lines if line.sort == ITEM and line.item is not None}
    fields = {
        (line.item.kind, line.item.id, line.edit.field)
        for line in lines
        if line.sort == FIELD and line.item is not None and line.edit is not None
    }

    def keep(item: Item) -> Item | None:
        if (item.kind, item.id) not in items or item.op == "kept":
            return None
        if item.op != "changed":
            return item
        edits = tuple(edit for edit in item.edits if (item.kind, item.id, edit.field) in fields)
        return replace(item, edits=edits) if edits else None

    return comparison.kept(keep)
