"""The way of a release: prepared, printed, sealed, its PDF put in place. Everything before the seal only reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dmdesk import baselines
from dmdesk import changes as c
from dmdesk import types as t
from dmdesk.baselines import Terms
from dmdesk.canon import loads
from dmdesk.changes import Change
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, kinds
from dmdesk.model import ChangeRequest, PlanDocument, Revision
from dmdesk.outcome import preview
from dmdesk.reading import PlanData
from dmdesk.releasing import standing
from dmdesk.releasing.reprinting import options
from dmdesk.saving import put_in_place
from dmdesk.sealedplan import now
from dmdesk.store import Baseline
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.checks import Finding
    from dmdesk.plan import Plan
    from dmdesk.report import Printed


@frozen
class Wish:
    """What a person wants to release.

    ``rfc``: the id of the change request that approves it, or its words where the plan does not have it. ``accept``:
    why it is released though something stands in the way, or "".
    """

    version: str
    date: str
    description: str = ""
    owner: str = ""
    rfc: str = ""
    accept: str = ""
    paper: str = "letter"


@frozen
class Prepared:
    """A release before it is made: what is said of it, the changes, the plan as it will be sealed, and what is odd."""

    terms: Terms
    before: tuple[Change, ...]
    after: tuple[Change, ...]
    data: PlanData
    sha256: str
    open: dict[str, list[Finding]]
    warnings: tuple[str, ...]


def prepare(data: PlanData, known: Sequence[Baseline], wish: Wish) -> Prepared:
    """All that a release will be, worked out aside; the plan is not touched.

    Raises:
        InTheWay: things stand in the way and nobody accepted them.
        PlanError: the version, date or description cannot be.
    """
    baselines.refuse(wish.version, known, data)
    plan = data.plan()
    if not isinstance(plan, PlanDocument):
        raise PlanError(
            "This plan does not say what document it is; enter its handle and title, then release it."
        )
    day, words, owner = _day(wish.date), t.one_line(wish.description), t.one_line(wish.owner)
    if not words:
        raise PlanError("A release needs a description for the change record: what changed, in one line.")
    released = c.put(plan, {"version": wish.version, "date": day, "state": "baselined"})
    both = (_record(data, wish.version, day, words, owner), released)
    before = tuple(one for one in both if one.op != c.SET or one.fields)
    text = baselines.text_of(preview(data, before))
    then = loads(text.decode("utf-8"), f"Version {wish.version}")
    found = standing.in_the_way(then)
    if found and not t.one_line(wish.accept):
        raise standing.InTheWay(
            f"{standing.counted(found)} of version {wish.version}; mend that, or release it with the reason why it is "
            "accepted.",
            found,
            then,
        )
    accepted = standing.accepted(then, found, t.one_line(wish.accept)) if found else ""
    request = data.all(ChangeRequest).get(wish.rfc)
    named = f"{request.key} {request.name}".strip() if request else ""
    terms = Terms(
        wish.version,
        day,
        words,
        owner,
        request.id if request else "",
        named or wish.rfc,
        accepted,
        "",
        wish.paper,
    )
    drafted = c.applied(plan, released) if released.fields else plan
    odd = standing.warnings(data, known, day, wish.rfc, now(), date.today())
    return Prepared(terms, before, _draft_again(drafted), then, baselines.sha256(text), found, tuple(odd))


def _day(words: str) -> str:
    try:
        day = t.DAY.clean(words)
    except t.BadValue as error:
        raise PlanError(f"The date of the release: {error}") from None
    if not day:
        raise PlanError("A release needs a date, such as 2017-06-30.")
    return str(day)


def _record(data: PlanData, version: str, day: str, words: str, owner: str) -> Change:
    """The entry in the change record: the one that was typed ahead for this version, or a new one."""
    values = {"version": version, "date": day, "description": words, "owner": owner}
    wanted = baselines.numbers(version)
    for row in data.all(Revision).values():
        if baselines.numbers(row.version) == wanted:
            return c.put(row, values)
    return c.add(kinds()["revision"].make(values))


def _draft_again(plan: Entity | None) -> tuple[Change, ...]:
    return (c.put(plan, {"state": "draft"}),) if plan else ()


def print_of(
    prepared: Prepared,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Printed:
    """The print of a release, before it is made; otherwise as ``report.make``."""
    from dmdesk import report

    return report.make(prepared.data, options(prepared.terms.paper), progress, cancelled)


def finish(plan: Plan, prepared: Prepared, printed: Printed | None, out: Path | None = None) -> Baseline:
    """Make the release as one step, then put its PDF in place; exported so, it can no longer be undone.

    Raises:
        PlanError: the plan was changed since the release was prepared, or cannot be written: nothing was done; or the
            PDF could not be put in place: the version is sealed, and the sentence says how to get its PDF.
    """
    terms = prepared.terms
    if printed:
        terms = _with_print(terms, printed.sha256)
    sealed = plan.seal(
        terms, prepared.before, prepared.after, title=f"Release {terms.version}",
        printed_from=prepared.sha256,
    )  # fmt: skip
    if printed and out:
        try:
            put_in_place(out, printed.pdf)
        except PlanError as error:
            raise PlanError(
                f"Version {terms.version} is sealed, but its PDF is not there yet: {error} "
                f"“dmdesk print {plan.path.name}@{terms.version} FILE.pdf” makes the same file."
            ) from None
        plan.note_print(terms.version, printed.sha256, terms.paper, exported=True)
        sealed = plan.baselines()[-1]
    return sealed


def _with_print(terms: Terms, sha256: str) -> Terms:
    return Terms(**{**{name: getattr(terms, name) for name in Terms.__annotations__}, "pdf": sha256})
