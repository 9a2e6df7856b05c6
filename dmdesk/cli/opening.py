"""Opening what a command was given: to look at it, or to change it.

Looking goes past the window's machinery (locks, listeners, backups), which takes longer to load than a plan to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import store
from dmdesk.cli.output import complain
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.plan import Plan


@contextmanager
def looked_at(path: Path, like: PlanData | None = None) -> Iterator[PlanData]:
    """The rows of a plan file, whoever else has it open, or of one of its baselines (``plan.dmplan@3.0``), of a plan as
    text, or of the plan that a printed PDF carries.

    ``like``: text without ids takes those of the same keys in this plan.

    Raises:
        PlanError: it is neither, or cannot be read.
    """
    if is_print(path):
        from dmdesk.exchange import carried

        yield carried.read(path, like)
        return
    if is_text(path):
        from dmdesk.exchange import text

        yield text.read(path, like)
        return
    file, version = split(path)
    if version:
        with baseline_of(file, version) as (data, _):
            yield data
        return
    with history_of(path) as (data, _):
        yield data


def split(path: Path) -> tuple[Path, str]:
    """The file and version that ``FILE@VERSION`` names; a file that is really called so has no version."""
    name, at, version = path.name.rpartition("@")
    if not (at and name and version) or path.exists():
        return path, ""
    file = path.with_name(name)
    return (file, version) if file.exists() else (path, "")


@contextmanager
def baseline_of(file: Path, version: str) -> Iterator[tuple[PlanData, store.Baseline]]:
    """The rows of a baseline of a plan file, and what is said of it.

    Raises:
        PlanError: the file has none of that version, or it is damaged.
    """
    from dmdesk import baselines

    if is_text(file):
        raise PlanError(f"“{file.name}” is not a plan file, and only these hold baselines.")
    with history_of(file) as (_, kept):
        one = baselines.named(kept.baselines(), version, file.name)
        yield baselines.data_of(kept, one), one


def baselines_of(path: Path) -> list[store.Baseline]:
    """The baselines of a plan file; none for text, prints and what is itself one of them."""
    if not has_history(path) or store.inspect(path) != store.SCHEMA:
        return []
    with history_of(path) as (_, kept):
        return kept.baselines()


@contextmanager
def both(a: Path, b: Path) -> Iterator[tuple[PlanData, PlanData]]:
    """Two plans to compare; where one of them is text, its rows take the ids that the same keys have in the other."""
    if is_text(a) and not is_text(b):
        with looked_at(b) as second, looked_at(a, second) as first:
            yield first, second
    else:
        with looked_at(a) as first, looked_at(b, first) as second:
            yield first, second
            say_apart(a, b)


def say_apart(a: Path, b: Path) -> None:
    """Say on standard error where two copies of a plan sealed the same version differently."""
    mine, theirs = baselines_of(a), baselines_of(b)
    if mine and theirs:
        from dmdesk.baselines import apart

        for sentence in apart(mine, theirs, a.name, b.name):
            complain(sentence)


def is_text(path: Path) -> bool:
    """Whether a plan as text lies there: a folder, one file, or a printed PDF that carries it."""
    return path.is_dir() or path.suffix == ".toml" or is_print(path)


def has_history(path: Path) -> bool:
    """Whether a plan file lies there, whose history can be asked, and no plan as text and no baseline."""
    return not is_text(path) and not split(path)[1]


def is_print(path: Path) -> bool:
    """Whether a printed plan lies there."""
    return path.suffix.lower() == ".pdf" and not path.is_dir()


@contextmanager
def history_of(path: Path) -> Iterator[tuple[PlanData, store.Store]]:
    """The rows and the history of a plan file, for reading only."""
    if split(path)[1]:
        raise PlanError(
            f"“{path.name}” is a baseline and has no history; ask “{split(path)[0].name}” for it."
        )
    if store.inspect(path) == store.SCHEMA:
        file = store.Store(path, read_only=True)
        try:
            yield PlanData(file.rows), file
        finally:
            file.close()
        return
    with older(path) as newer:
        file = store.Store(newer, read_only=True)
        try:
            yield PlanData(file.rows), file
        finally:
            file.close()


@contextmanager
def older(path: Path) -> Iterator[Path]:
    """A passing copy, brought to the present schema, of a file of an older one."""
    import tempfile

    from dmdesk import schema

    with tempfile.TemporaryDirectory(prefix="dmdesk-") as folder:
        copy = Path(folder) / path.name
        store.copy_file(path, copy)
        schema.upgrade(copy)
        yield copy


@contextmanager
def opened(path: Path, rfc: str = "") -> Iterator[Plan]:
    """The plan, for changing it under the change request of that key, if any; says so when the file was upgraded.

    Raises:
        PlanError: there is no such change request.
    """
    from dmdesk.plan import Plan

    with Plan.open(path) as plan:
        if plan.notice:
            complain(plan.notice)
        if rfc:
            from dmdesk.cli.asking import kind_named, row_named

            plan.working_on = row_named(plan.data, kind_named("rfc"), rfc).id
        yield plan
