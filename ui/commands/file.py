"""The File menu: opening, copying, text in and out, backups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import changes as c
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from ui.actions import action, with_plan, writable
from ui.context import Context

if TYPE_CHECKING:
    from dmdesk.latex import Written
    from dmdesk.plan import Plan
    from ui.tasks import Task

PLANS = "Plans (*.dmplan)"
OPENED = "Plans and printed plans (*.dmplan *.pdf)"
TEXTS = "Plan as text (*.toml)"
PREVIEWED = 2000
"""So many changes are listed before an import; more are counted."""


def open_path(ctx: Context, path: Path) -> bool:
    """Open a plan file and remember it; False, after one sentence, when that fails and the present one stays."""
    from ui import settings

    try:
        ctx.open(path)
    except PlanError as error:
        if not path.exists():
            settings.forget(path)
        return _open_backup(ctx, path, error)
    settings.opened(path)
    return True


def _open_backup(ctx: Context, path: Path, error: PlanError) -> bool:
    """Say why a file was not opened, and offer a copy of its newest sound backup where there is one."""
    from dmdesk import backups, store

    backup = next((one for one in backups.found(path) if _sound(one)), None) if path.is_file() else None
    if backup is None:
        ctx.report(error)
        return False
    question = f"{error}\n\nIts newest backup is of {backup.stem}. A copy of it can be put beside the file and opened."
    if not ctx.ask.confirm(question, "Open a copy"):
        return False
    copy = _unused(path.with_name(f"{path.stem} of {backup.stem}{path.suffix}"))
    try:
        store.copy_file(backup, copy)
    except PlanError as failed:
        ctx.report(failed)
        return False
    return open_path(ctx, copy)


def _sound(path: Path) -> bool:
    from dmdesk import store

    try:
        return bool(store.inspect(path))
    except PlanError:
        return False


def _unused(path: Path) -> Path:
    """The path, or one like it that no file has."""
    tries = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in range(2, 1000))
    return path if not path.exists() else next(other for other in tries if not other.exists())


def beside(plan: Plan, name: str) -> Path:
    """Where a file made of the plan is proposed: beside it, but not in the hidden folder of the sample."""
    from dmdesk import folders
    from ui import settings

    folder = plan.path.resolve().parent
    return (settings.folder() if folder.is_relative_to(folders.data().resolve()) else folder) / name


def the_plan(ctx: Context) -> Plan:
    """The open plan.

    Raises:
        PlanError: none is open.
    """
    if ctx.plan is None:
        raise PlanError("No plan is open; open one first.")
    return ctx.plan


@action("file.new", "New plan…", key="Ctrl+N", icon="new", menu="File", part="open")
def new(ctx: Context) -> None:
    """Start an empty plan in a new file."""
    from dmdesk.kinds import kinds
    from dmdesk.plan import SUFFIX
    from dmdesk.reading import PlanData
    from ui import settings

    path = ctx.ask.save_file("New plan", _unused(settings.folder() / f"plan{SUFFIX}"), PLANS)
    if path is None:
        return
    path = path if path.suffix else path.with_suffix(SUFFIX)
    begin = kinds()["plan"].make({"title": path.stem, "state": "draft"})

    def work(_: Task) -> Path:
        from dmdesk import schema

        schema.create(path, PlanData.of([begin]))
        return path

    ctx.tasks.run("Making a new plan", work, lambda made: open_path(ctx, made))


@action("file.open", "Open…", key="Ctrl+O", icon="open", menu="File", part="open")
def open_plan(ctx: Context) -> None:
    """Open a plan file, or the plan that a printed PDF carries, to read it."""
    path = ctx.ask.open_file("Open a plan", f"{OPENED};;All files (*)")
    if path is not None:
        open_path(ctx, path)


@action("file.recent", "Open recent…", key="Ctrl+Shift+O", icon="history", menu="File", part="open")
def open_recent(ctx: Context) -> None:
    """Choose among the plans opened last."""
    from ui import settings

    paths = settings.recent()
    if not paths:
        ctx.ask.tell("No plan has been opened yet; open one or begin a new one.")
        return
    at = ctx.ask.choose("Open recent", "", [f"{path.name}  —  {path.parent}" for path in paths], "Open")
    if at is not None:
        open_path(ctx, paths[at])


@action("file.sample", "Open the sample plan", icon="template", menu="File", part="open")
def open_sample(ctx: Context) -> None:
    """Open your own copy of the sample plan, LDM-294; it is made the first time."""
    ctx.tasks.run("Making the sample plan", lambda _: sample(), lambda made: open_path(ctx, made))


def sample() -> Path:
    """Your copy of the sample plan, made of its text the first time.

    Raises:
        PlanError: the text is not there or the copy cannot be written.
    """
    from dmdesk import folders

    copy = folders.data() / "LDM-294 sample.dmplan"
    if not copy.exists():
        from dmdesk.exchange import sample as made

        copy.parent.mkdir(parents=True, exist_ok=True)
        made.build(copy)
    return copy


@action("file.save", "Save", key="Ctrl+S", icon="check", when=with_plan)
def save(ctx: Context) -> None:
    """Everything is saved with each step; this only says so."""
    ctx.said.emit("Every change is saved at once; there is nothing left to save.")


@action(
    "file.copy",
    "Save a copy…",
    key="Ctrl+Shift+S",
    icon="save-copy",
    menu="File",
    part="copies",
    when=with_plan,
)
def save_copy(ctx: Context) -> None:
    """Copy the whole plan with its history to another file."""
    from dmdesk.plan import SUFFIX

    plan = the_plan(ctx)
    printed = plan.path.suffix.lower() == ".pdf"
    start = _unused(beside(plan, f"{plan.path.stem}{'' if printed else ' copy'}{SUFFIX}"))
    path = ctx.ask.save_file("Save a copy", start, PLANS)
    if path is not None:
        path = path if path.suffix else path.with_suffix(SUFFIX)
        plan.save_copy(path)
        ctx.said.emit(f"Copied to “{path.name}”")


@action("file.restore", "Restore a backup…", icon="restore", menu="File", part="copies", when=writable)
def restore(ctx: Context) -> None:
    """Go back to a backup; what the plan is now is kept as another backup."""
    from dmdesk import backups

    plan = the_plan(ctx)
    found = backups.found(plan.path)
    if not found:
        ctx.ask.tell(
            f"There is no backup of “{plan.path.name}” yet; one is made before the first change of a day."
        )
        return
    words = "The plan becomes what the backup holds; what it is now is kept as another backup."
    at = ctx.ask.choose("Restore a backup", words, [_described(path) for path in found], "Restore")
    if at is not None and _agreed(ctx, plan, found[at]):
        plan.restore(found[at].stem)
        ctx.said.emit(f"Restored the backup of {found[at].stem}")


def _agreed(ctx: Context, plan: Plan, backup: Path) -> bool:
    """Whether a backup may be restored: it has all baselines there are, or the person wants it all the same."""
    lost = plan.lost_in(backup)
    if not lost:
        return True
    from dmdesk.baselines.telling import without

    return ctx.ask.confirm(without(lost, backup.stem), "Restore all the same")


@action("file.compact", "Compact the history…", icon="backup", menu="File", part="copies", when=writable)
def compact(ctx: Context) -> None:
    """Remove the oldest steps of the history for good, after a copy of the file was kept; asks first."""
    from ui.history.compacting import compact_shown

    newest = the_plan(ctx).history(1)
    compact_shown(ctx, newest[0] if newest else None)


def _described(path: Path) -> str:
    from datetime import datetime

    facts = path.stat()
    written = datetime.fromtimestamp(facts.st_mtime).strftime("%Y-%m-%d %H:%M")
    return f"{path.stem}   (written {written}, {facts.st_size // 1024} kB)"


@action("file.export", "Export as text…", icon="export", menu="File", part="text", when=with_plan)
def export_text(ctx: Context) -> None:
    """Write the whole plan as sorted text into a folder, for version control."""
    folder = ctx.ask.folder("Export as text into a folder")
    if folder is None:
        return
    data = the_plan(ctx).snapshot()

    def work(_: Task) -> int:
        from dmdesk.exchange import text

        return len(text.write(data, folder))

    ctx.tasks.run(
        "Exporting the plan", work, lambda files: ctx.said.emit(f"{files} files written to “{folder}”")
    )


@action("file.latex", "Export as LaTeX…", icon="export", menu="File", part="text", when=with_plan)
def export_latex(ctx: Context) -> None:
    """Write the whole plan as LaTeX for lsst-texmf into a folder."""
    from dmdesk.latex.folder import foreign

    folder = ctx.ask.folder("Export as LaTeX into a folder")
    if folder is None:
        return
    question = f"“{folder}” holds files that dmdesk did not write. Those of the same name would be replaced."
    force = foreign(folder)
    if force and not ctx.ask.confirm(question, "Write into it"):
        return
    data = the_plan(ctx).snapshot()

    def work(task: Task) -> Written:
        from dmdesk import latex

        return latex.build(data, folder, force=force, progress=task.progress)

    ctx.tasks.run("Exporting the plan as LaTeX", work, lambda written: _exported(ctx, folder, written))


def _exported(ctx: Context, folder: Path, written: Written) -> None:
    ctx.said.emit(f"{written.files} files written to “{folder}”; build {written.main} with XeLaTeX")
    if written.unknown:
        places = {key: "; ".join(dict.fromkeys(where)) for key, where in written.unknown.items()}
        told = "\n".join(f"{key} in {where}" for key, where in places.items())
        count = "One reference names" if len(places) == 1 else f"{len(places)} references name"
        ctx.ask.tell(f"{count} nothing in this plan; they are marked red in the LaTeX:\n\n{told}")


@action("file.import", "Import text folder…", icon="import", menu="File", part="text", when=writable)
def import_folder(ctx: Context) -> None:
    """Read a folder of text, show what would change, and make it one step."""
    _import(ctx, ctx.ask.folder("Import a folder of text"))


@action("file.import-file", "Import text file…", icon="import", menu="File", part="text", when=writable)
def import_file(ctx: Context) -> None:
    """Read one text file, show what would change, and make it one step."""
    _import(ctx, ctx.ask.open_file("Import a text file", TEXTS))


def _import(ctx: Context, path: Path | None) -> None:
    if path is None:
        return
    data = the_plan(ctx).snapshot()

    def work(_: Task) -> tuple[list[Change], str]:
        from dmdesk.exchange import text
        from ui.words import described

        changes = c.difference(data, text.read(path, data))
        lines = described(data, changes[:PREVIEWED])
        more = [f"… and {len(changes) - PREVIEWED} changes more"] if len(changes) > PREVIEWED else []
        return changes, "\n".join(lines + more)

    ctx.tasks.run("Reading the text", work, lambda result: _preview(ctx, path, *result))


def _preview(ctx: Context, path: Path, changes: list[Change], lines: str) -> None:
    if not changes:
        ctx.ask.tell(f"“{path.name}” holds just what the plan holds; there is nothing to import.")
        return
    count = f"{len(changes)} rows would change" if len(changes) > 1 else "One row would change"
    question = f"{count} by importing “{path.name}”. It is one step, and undo takes it back."
    if ctx.ask.confirm(question, "Import", lines):
        ctx.step(f"Import “{path.name}”", changes)
