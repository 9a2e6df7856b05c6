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
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.plan import Plan


@contextmanager
def looked_at(path: Path, like: PlanData | None = None) -> Iterator[PlanData]:
    """The rows of a plan file, whoever else has it open, of a plan as text, or of the plan that a printed PDF carries.

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
    with history_of(path) as (data, _):
        yield data


@contextmanager
def both(a: Path, b: Path) -> Iterator[tuple[PlanData, PlanData]]:
    """Two plans to compare; where one of them is text, its rows take the ids that the same keys have in the other."""
    if is_text(a) and not is_text(b):
        with looked_at(b) as second, looked_at(a, second) as first:
            yield first, second
    else:
        with looked_at(a) as first, looked_at(b, first) as second:
            yield first, second


def is_text(path: Path) -> bool:
    """Whether a plan as text lies there: a folder, one file, or a printed PDF that carries it."""
    return path.is_dir() or path.suffix == ".toml" or is_print(path)


def is_print(path: Path) -> bool:
    """Whether a printed plan lies there."""
    return path.suffix.lower() == ".pdf" and not path.is_dir()


@contextmanager
def history_of(path: Path) -> Iterator[tuple[PlanData, store.Store]]:
    """The rows and the history of a plan file, for reading only."""
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
def opened(path: Path) -> Iterator[Plan]:
    """The plan, for changing it; says so when the file was upgraded."""
    from dmdesk.plan import Plan

    with Plan.open(path) as plan:
        if plan.notice:
            complain(plan.notice)
        yield plan
