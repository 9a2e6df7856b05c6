"""The printed plan: a PDF with cover, contents, links and bookmarks, the same bytes for the same plan.

Importing this costs nothing; ReportLab is loaded when something is printed.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dmdesk.errors import PlanError
from dmdesk.saving import put_in_place, spare
from dmdesk.values import field, frozen, replace

if TYPE_CHECKING:
    from dmdesk.control.workingset import Work
    from dmdesk.reading import PlanData
    from dmdesk.report.chapters import Chapter
    from dmdesk.report.kept import Kept
    from dmdesk.typeset.navigation import Bookmark


OFTEN = 50
"""After how many parts progress is told again, though it is the same."""


class Stopped(PlanError):
    """Printing was stopped by the person who started it."""


PAPERS = ("letter", "a4")


@frozen
class Options:
    """What is printed and how.

    ``only`` names chapters, none for the whole plan; one such as ``review:2017-09-25`` is about one row. ``of`` holds
    the ids of the products whose datasheets are printed, none for all; ``findings`` and ``history`` the lines to show
    of these, by product. ``draft`` overrides the plan's own state; ``embed`` says whether the file carries its plan,
    ``tagged`` whether it is for screen readers and archives too, or for the eye only. ``schema``: that of the plan it
    carries, for one that was sealed under an earlier one. ``work`` holds what was changed under each change request, by
    its id, which a print of one of them or of the board's minutes shows.
    """

    only: Sequence[str] = ()
    of: Collection[str] = ()
    findings: Mapping[str, Sequence[str]] | None = None
    history: Mapping[str, Sequence[str]] | None = None
    paper: str = "letter"
    draft: bool | None = None
    embed: bool = True
    tagged: bool = True
    schema: str = ""
    work: Work | None = None


class Place(NamedTuple):
    """Where a row of the plan is printed: page counted from 0, upper and lower edge in points from the page's top."""

    page: int
    top: float
    bottom: float
    kind: str
    id: str


WHOLE = Options()
"""The whole plan, as it says of itself."""


@frozen
class Printed:
    """What was printed: the file's bytes, the number of pages, where each row stands, and the bookmarks.

    ``faces``: what of each page is seen, equal where pages look the same; only of a print with ``kept``.
    """

    pdf: bytes = field(repr=False)
    pages: int
    places: tuple[Place, ...] = field(repr=False, default=())
    bookmarks: tuple[Bookmark, ...] = field(repr=False, default=())
    faces: tuple[Hashable, ...] = field(repr=False, default=())

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.pdf).hexdigest()

    def place(self, kind: str, id: str) -> Place | None:
        """Where a row is printed first."""
        return next((one for one in self.places if (one.kind, one.id) == (kind, id)), None)

    def at(self, page: int, y: float) -> Place | None:
        """What is printed at a height of a page: the last row that begins there or above, or on a page before."""
        found = None
        for one in self.places:
            if (one.page, one.top) > (page, y):
                break
            found = one
        return found


def make(
    data: PlanData,
    options: Options = WHOLE,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    kept: Kept | None = None,
) -> Printed:
    """The printed plan, or only some of its chapters.

    ``kept`` makes one print without tags after another of the same plan faster: what an edit between them does not
    change is taken from the one before.

    ``progress`` is told (done, out of, what is being done) often, and may raise to give up;
    ``cancelled`` is asked as often whether to stop.

    Raises:
        PlanError: there is no such chapter.
        Stopped: ``cancelled`` said so.
    """
    return printed_chapters(data, _chosen(data, options), options, progress, cancelled, kept)


def printed_chapters(
    data: PlanData,
    chapters: Sequence[Chapter],
    options: Options,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    kept: Kept | None = None,
) -> Printed:
    """Chapters that were made by others, printed as those of the plan; otherwise as ``make``.

    Raises:
        PlanError: there is no such paper.
        Stopped: ``cancelled`` said so.
    """
    from dmdesk.report import printing, refer

    if options.paper not in PAPERS:
        raise PlanError(f"There is no paper “{options.paper}” to print on; choose from {', '.join(PAPERS)}.")
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

    with _uncollected(), refer.works_listed(any(one.name == "references" for one in chapters)):
        return printing.document(data, chapters, options, tick, kept)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for unused rings of objects afterwards: a print makes many small values and hardly any rings."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def build(
    data: PlanData,
    out: Path,
    options: Options = WHOLE,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Printed:
    """Print to a PDF file; otherwise as ``make``.

    Raises:
        PlanError: there is no such chapter, or the file cannot be written; an older file is then still what it was.
        Stopped: ``cancelled`` said so; nothing was written.
    """
    spare(out)
    printed = make(data, options, progress, cancelled)
    if progress:
        progress(100, 100, "Writing")
    put_in_place(out, printed.pdf)
    return printed


def chapter_titles(data: PlanData | None = None) -> dict[str, str]:
    """The name and title of each chapter that can be printed alone; of a plan, also the minutes there are."""
    from dmdesk.report.chapters import about_one
    from dmdesk.report.chapters import chapters as all_chapters

    found = {one.name: one.title for one in all_chapters()}
    for kind in ("review", "docket"):
        for row in reversed(data.in_order(kind) if data else []):
            one = about_one(data, f"{kind}:{data.key(row)}") if data else None
            if one is not None:
                found[one.name] = one.title
    return found


def _with_work(one: Chapter, work: Work | None) -> Chapter:
    """The chapter about a change request or a meeting of the board, with what was changed under each request."""
    made = one.generated
    if work is None or made is None or made.make is None or made.name not in ("rfc", "docket"):
        return one
    make = partial(made.make, work=work)
    return replace(one, generated=type(made)(made.name, made.title, made.help, made.about, made.single, make))


def _chosen(data: PlanData, options: Options) -> list[Chapter]:
    from dmdesk.report.chapters import about_one
    from dmdesk.report.chapters import chapters as all_chapters

    known, only = all_chapters(), options.only
    for name in dict.fromkeys(only):
        if all(name != one.name for one in known):
            single = about_one(data, name)
            if single is None:
                names = ", ".join(one.name for one in known)
                raise PlanError(f"There is no chapter “{name}” to print; choose from {names}.")
            known = [*known, single]
    known = [_with_work(one, options.work) for one in known]
    about = {"of": options.of, "findings": options.findings, "history": options.history}
    return [
        replace(one, make=partial(one.make, **about)) if one.choose and one.make else one
        for one in known
        if not only or one.name in only
    ]
