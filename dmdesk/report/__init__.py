"""The printed plan: a PDF with cover, contents, links and bookmarks, the same bytes for the same plan.

Importing this costs nothing; ReportLab is loaded when something is printed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk.errors import PlanError

if TYPE_CHECKING:
    from dmdesk.reading import PlanData
    from dmdesk.report.chapters import Chapter


OFTEN = 50
"""After how many parts progress is told again, though it is the same."""


class Stopped(PlanError):
    """Printing was stopped by the person who started it."""


@dataclass(frozen=True)
class Printed:
    """What was printed: the number of pages and the SHA-256 of the file."""

    pages: int
    sha256: str


def build(
    data: PlanData,
    out: Path,
    only: Sequence[str] = (),
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    of: Collection[str] = (),
    findings: Mapping[str, Sequence[str]] | None = None,
    history: Mapping[str, Sequence[str]] | None = None,
) -> Printed:
    """Print the plan, or only some of its chapters, to a PDF file.

    ``of`` holds the ids of the products whose datasheets are printed, none for all; ``findings`` what is open for each,
    ``history`` what happened to it.
    ``progress`` is told (done, out of, what is being done) often, and may raise to give up;
    ``cancelled`` is asked as often whether to stop.

    Raises:
        PlanError: there is no such chapter, or the file cannot be written; an older file is then still what it was.
        Stopped: ``cancelled`` said so; nothing was written.
    """
    from dmdesk.report import printing

    told, ticks = -1, 0

    def tick(done: float, words: str) -> None:
        nonlocal told, ticks
        if cancelled and cancelled():
            raise Stopped("Printing was stopped; nothing was written.")
        ticks += 1
        percent = round(100 * done)
        if progress and (percent > told or ticks % OFTEN == 0):
            told = percent
            progress(percent, 100, words)

    pdf, pages = printing.document(data, _chosen(only, of, findings, history), whole=not only, tick=tick)
    tick(1.0, "Writing")
    put_in_place(out, pdf)
    return Printed(pages, hashlib.sha256(pdf).hexdigest())


def chapter_titles() -> dict[str, str]:
    """The name and title of each chapter that can be printed alone."""
    from dmdesk.report.chapters import chapters as all_chapters

    return {one.name: one.title for one in all_chapters()}


def _chosen(
    only: Sequence[str],
    of: Collection[str],
    findings: Mapping[str, Sequence[str]] | None,
    history: Mapping[str, Sequence[str]] | None,
) -> list[Chapter]:
    from dmdesk.report.chapters import chapters as all_chapters

    known = all_chapters()
    for name in only:
        if all(name != one.name for one in known):
            names = ", ".join(one.name for one in known)
            raise PlanError(f"There is no chapter “{name}” to print; choose from {names}.")
    told = {"datasheets": {"history": history}}
    chosen = [one for one in known if (one.name in only if only else not one.asked)]
    return [
        replace(one, make=partial(one.make, of=of, findings=findings, **told.get(one.name, {})))
        if one.asked
        else one
        for one in chosen
    ]


def put_in_place(out: Path, content: bytes) -> None:
    """Put the file in place, whole or not at all."""
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(out)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        why = error.strerror or "it is not allowed"
        raise PlanError(
            f"“{out.name}” could not be written ({why}); close it where it is open, or choose another place."
        ) from None
