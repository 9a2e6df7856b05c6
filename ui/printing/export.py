"""Print to PDF: what of the plan, on which paper, in which state, into which file; then what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from dmdesk.errors import PlanError
from dmdesk.saving import put_in_place, spare
from dmdesk.values import replace
from ui import settings
from ui.changesheet import opened, over
from ui.commands.file import beside, the_plan
from ui.context import Context
from ui.datasheet import open_findings
from ui.dialogs import Sheet
from ui.labels import plain
from ui.printing import making
from ui.printing.outcome import Chapters, Outcome
from ui.tasks import Task
from ui.theme import theme

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.reading import PlanData
    from dmdesk.report import Options, Printed
    from dmdesk.store import Step

    Histories = Mapping[str, Sequence[tuple[Step, Change]]]

STATES: dict[str, bool | None] = {"As the plan says": None, "Draft": True, "Final": False}


def ask(ctx: Context) -> None:
    """Open the sheet on the open plan."""
    if ctx.plan is not None:
        opened(ExportSheet(ctx))


class ExportSheet(Sheet):
    """The choices; while it prints, how far that is; then the outcome."""

    def __init__(self, ctx: Context) -> None:
        super().__init__("Print to PDF", "", over())
        self.ctx = ctx
        self._task: Task | None = None
        self._chosen: Path | None = None
        self._build()
        self.yes = self.end("Print")
        self.outcome = Outcome(ctx, self)
        self.column.insertWidget(self.column.count() - 2, self.outcome)
        ctx.opened.connect(self.reject)
        self.resize(theme().space(150), self.sizeHint().height())

    def _build(self) -> None:
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(theme().space(2.5))
        form.setHorizontalSpacing(theme().space(4))
        self.whole = QCheckBox("The whole plan")
        self.whole.setChecked(True)
        self.chapters = Chapters(self.ctx.data)
        self.chapters.setEnabled(False)
        self.whole.toggled.connect(self._whole_or_not)
        self.chapters.itemChanged.connect(self._ready)
        self.paper = _combo("Paper", list(making.PAPERS.values()))
        self.paper.setCurrentIndex(list(making.PAPERS).index(making.paper()))
        state = "draft" if getattr(self.ctx.data.plan(), "state", "") == "draft" else "final"
        self.state = _combo("State", [f"As the plan says ({state})", *list(STATES)[1:]])
        self.embed = QCheckBox("Carry the plan in the file, so that dmdesk can open the PDF")
        self.embed.setChecked(settings.get("print.embed", True))
        for name, field in (
            ("Print", self.whole), ("", self.chapters), ("Paper", self.paper), ("State", self.state),
            ("", self.embed), ("File", self._file()),
        ):  # fmt: skip
            form.addRow(name, field)
        self.body = body
        self.put(body, "What is printed")
        self.wrong = plain("", "error")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)

    def _file(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(1.5))
        self.file = QLineEdit(str(beside(the_plan(self.ctx), f"{file_name(self.ctx)}.pdf")))
        self.file.setAccessibleName("File")
        self.file.textChanged.connect(self._ready)
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self.choose)
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        return made

    # -- choosing

    def choose(self) -> None:
        """Let the system ask for the file."""
        path = self.ctx.ask.save_file("Print to a PDF file", Path(self.file.text()), "PDF (*.pdf)")
        if path is not None:
            self._chosen = path if path.suffix else path.with_suffix(".pdf")
            self.file.setText(str(self._chosen))

    def _whole_or_not(self, whole: bool) -> None:
        self.chapters.setEnabled(not whole)
        self._ready()

    def _ready(self, *_: object) -> None:
        some = self.whole.isChecked() or bool(self.chapters.names())
        self.yes.setEnabled(some and bool(self.file.text().strip()))

    @property
    def path(self) -> Path:
        """The file that will be written."""
        path = Path(self.file.text().strip()).expanduser()
        return path if path.suffix else path.with_suffix(".pdf")

    def options(self) -> Options:
        """What is chosen."""
        from dmdesk.report import Options

        only = () if self.whole.isChecked() else tuple(self.chapters.names())
        return Options(
            only=only,
            findings=open_findings(self.ctx) if "datasheets" in only else None,
            paper=list(making.PAPERS)[self.paper.currentIndex()],
            draft=list(STATES.values())[self.state.currentIndex()],
            embed=self.embed.isChecked(),
        )

    # -- printing

    def accept(self) -> None:
        """Print; a file that is there is replaced only if that was agreed."""
        if self.outcome.printed is not None:
            super().accept()
            return
        path, plan = self.path, self.ctx.plan
        if self._task is not None or plan is None or not self.yes.isEnabled():
            return
        try:
            spare(path)
        except PlanError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        known = path == self._chosen
        if path.exists() and not known and not self.ctx.ask.confirm(f"Replace “{path.name}”?", "Replace"):
            return
        options, data = self.options(), plan.snapshot()
        steps = plan.histories("product") if "datasheets" in options.only else {}
        settings.put_all({"print.paper": options.paper, "print.embed": options.embed})
        self.wrong.hide()
        self.body.setEnabled(False)
        self.yes.setEnabled(False)
        self.outcome.begin(path)
        self._task = self.ctx.tasks.run(
            f"Printing “{path.name}”", lambda task: written(task, data, path, options, steps), self._done
        )
        self._task.progressed.connect(self.outcome.tell)

    def _done(self, result: Printed | str) -> None:
        import shiboken6

        if not shiboken6.isValid(self):
            return
        self._task = None
        if isinstance(result, str):
            self.outcome.hide()
            self.body.setEnabled(True)
            self.yes.setEnabled(True)
            self.wrong.setText(result)
            self.wrong.show()
            return
        self.outcome.end(self.path, result)
        self.ctx.said.emit(f"Printed to “{self.path.name}”")
        self.body.hide()
        self.yes.setText("Close")
        self.yes.setEnabled(True)
        self.no.hide()
        self.adjustSize()

    def done(self, code: int) -> None:
        """However the sheet is left: a print under way is cancelled, and nothing is written."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(code)


def written(task: Task, data: PlanData, path: Path, options: Options, steps: Histories) -> Printed | str:
    """Print into a file, which is there whole or not at all; a sentence where that fails. Runs in a task.

    ``steps`` are those of the products whose datasheets are printed.
    """
    from dmdesk.report import Stopped
    from dmdesk.report.datasheet import history

    if steps:
        options = replace(options, history={id: history(data, kept) for id, kept in steps.items()})
    try:
        printed = making.made(data, options, task.progress, lambda: task.cancelled)
        task.progress(100, 100, "Writing")
        put_in_place(path, printed.pdf)
    except Stopped:
        task.progress()
        raise
    except PlanError as error:
        return str(error)
    return printed


def file_name(ctx: Context) -> str:
    """The name that is proposed for a printed plan: its handle and version."""
    row = ctx.data.plan()
    names = [str(getattr(row, "handle", "")), str(getattr(row, "version", ""))]
    return re.sub(r"[^\w.-]+", "-", "-".join(name for name in names if name)) or the_plan(ctx).path.stem


def _combo(name: str, words: Sequence[str]) -> QComboBox:
    made = QComboBox()
    made.addItems(list(words))
    made.setAccessibleName(name)
    return made
