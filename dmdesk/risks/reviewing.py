"""A risk review while it runs: its agenda, where it stands, and the changes that carry it on from risk to risk.

Everything stands in rows of the plan, and each of these functions gives one named step, so a review is resumed by its
rows alone: whatever happens to the program, at most the word that is being typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from dmdesk.changes import Change, add, put
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.model import Reviewed, Risk, RiskReview
from dmdesk.reading import PlanData
from dmdesk.risks import due, since
from dmdesk.risks.book import is_open, scored
from dmdesk.risks.contingency import contingency
from dmdesk.risks.matrix import worst_first
from dmdesk.risks.since import reviews
from dmdesk.values import field, frozen

if TYPE_CHECKING:
    from dmdesk.risks.simulation import Simulation

RUNNING, FINISHED = "running", "finished"
WAITING, REVIEWED, SKIPPED = "waiting", "reviewed", "skipped"
KEEP = "keep"


@frozen
class Deed:
    """One thing done in a review: a step of the plan, with the reason that makes all steps of a review a group."""

    title: str
    changes: list[Change]
    why: str = ""
    about: str = field(default="", compare=False)
    """The id of the row that was made, where one was."""


@frozen
class Progress:
    """How far a review is: of ``total`` risks, how many are through, were put off, and began overdue and still wait."""

    total: int
    done: int
    skipped: int
    overdue: int
    seconds: int

    @property
    def left(self) -> int:
        """How many are not through."""
        return self.total - self.done


def why_of(review: RiskReview) -> str:
    """The reason of every step of a review."""
    return f"Risk review of {review.key}"


def running(data: PlanData) -> RiskReview | None:
    """The review that runs; the last one, should there be several."""
    return next((row for row in reversed(reviews(data)) if row.state == RUNNING), None)


def agenda(data: PlanData, review: str) -> list[Reviewed]:
    """The risks of the review with that id in the order of its agenda; none when it is not in the plan."""
    row = data.get("review", review)
    return since.agenda(data, row) if isinstance(row, RiskReview) else []


def at(data: PlanData, review: str) -> Reviewed | None:
    """The risk whose turn it is: the first that waits, and when none does the first that was put off."""
    items = agenda(data, review)
    for state in (("", WAITING), (SKIPPED,)):
        for item in items:
            if item.state in state:
                return item
    return None


def risk_of(data: PlanData, item: Reviewed) -> Risk | None:
    """The risk of an item of the agenda; None when it has left the plan."""
    row = data.get("risk", item.risk)
    return row if isinstance(row, Risk) else None


def name_of(data: PlanData, item: Reviewed) -> str:
    """The id of the item's risk, or what it was called then."""
    risk = risk_of(data, item)
    return (data.key(risk) or data.title(risk)) if risk else item.subject


def is_overdue(data: PlanData, review: RiskReview, item: Reviewed) -> bool:
    """Whether the risk should have been looked at before the day of the review."""
    risk = risk_of(data, item)
    return risk is not None and due.is_review_overdue(data, risk, review.date)


def progress(data: PlanData, review: RiskReview) -> Progress:
    """How far the review is."""
    items = agenda(data, review.id)
    states = [item.state for item in items]
    overdue = sum(item.state != REVIEWED and is_overdue(data, review, item) for item in items)
    return Progress(
        len(items), states.count(REVIEWED), states.count(SKIPPED), overdue,
        sum(item.seconds or 0 for item in items),
    )  # fmt: skip


# -- starting


def in_scope(data: PlanData, ids: Iterable[str] | None = None, on: str = "") -> list[str]:
    """The risks of an agenda in order: those due for review first, then the others, each by score.

    Without ids all that are open.
    """
    rows = data.rows("risk")
    wanted = [
        id for id in (rows if ids is None else ids) if id in rows and (ids is not None or is_open(rows[id]))
    ]
    late = {id for id in wanted if due.is_review_overdue(data, _risk(data, id), on)}
    return sorted(worst_first(data, wanted), key=lambda id: id not in late)


def key_for(data: PlanData, date: str) -> str:
    """The key of a review on that day: the day, with a letter when there is one already."""
    taken = {row.key for row in reviews(data)}
    endings = ("", *ascii_lowercase[1:], *(f"-{n}" for n in range(27, len(taken) + 28)))
    return next(key for ending in endings if (key := f"{date}{ending}") not in taken)


def start(
    data: PlanData, date: str, people: Sequence[str] = (), others: Sequence[str] = (), ids: Iterable[str] | None = None,
    scope: str = "", name: str = "Risk review", by: Simulation | None = None,
) -> Deed:  # fmt: skip
    """Begin a review of these risks (of all that are open), as they are now; ``scope`` is the filter that chose them.

    Raises:
        PlanError: a review is running already, or there is no risk to look at.
    """
    if other := running(data):
        raise PlanError(f"The review of {other.key} is still running; resume and finish it first.")
    wanted = in_scope(data, ids, date)
    if not wanted:
        raise PlanError("No risk is to be looked at; choose other risks, or add some to the register first.")
    expected, p80 = figures(data, by)
    review = kinds()["review"].make(
        {
            "key": key_for(data, date), "name": name, "date": date, "state": RUNNING, "people": tuple(people),
            "others": tuple(others), "scope": scope, "expected_before": expected, "p80_before": p80,
        }
    )  # fmt: skip
    assert isinstance(review, RiskReview)
    items = [_item(data, review, id, place) for place, id in enumerate(wanted, 1)]
    count = f"{len(items)} risk{'s' if len(items) != 1 else ''}"
    return Deed(f"Start a review of {count}", [add(review), *map(add, items)], why_of(review), review.id)


def _item(data: PlanData, review: RiskReview, id: str, place: int) -> Reviewed:
    risk = _risk(data, id)
    made = kinds()["reviewed"].make(
        {
            "review": review.id, "subject": " ".join((data.key(risk), data.title(risk))).strip(), "risk": id,
            "place": place, "state": WAITING, **_standing(data, risk, "before"),
        }
    )  # fmt: skip
    assert isinstance(made, Reviewed)
    return made


def _standing(data: PlanData, risk: Risk, when: str) -> dict[str, Any]:
    """How a risk stands, as an item of an agenda keeps it; ``when`` is "before" or "after"."""
    own = scored(data, risk.id)
    now = own.current
    return {
        f"state_{when}": risk.state,
        f"likelihood_{when}": now.likelihood if now else None,
        f"impact_{when}": now.impact if now else None,
        f"score_{when}": "" if own.score is None else f"{own.score:g}",
        f"exposure_{when}": None if own.emv is None else round(own.emv),
    }


def figures(data: PlanData, by: Simulation | None = None) -> tuple[int | None, int | None]:
    """Σ P×I and the P80 of the plan's contingency in whole units; None where they cannot be worked out."""
    try:
        now = contingency(data, by=by)
    except PlanError:
        return None, None
    return round(now.expected), round(now.outcome.at(80))


def _risk(data: PlanData, id: str) -> Risk:
    row = data.rows("risk")[id]
    assert isinstance(row, Risk)
    return row


def added(data: PlanData, review: RiskReview, risk: Risk) -> Deed:
    """Put one more risk on the agenda, behind all others."""
    item = _item(data, review, risk.id, _end(data, review.id))
    return Deed(f"{data.key(risk)}: on the agenda", [add(item)], why_of(review), item.id)


def _end(data: PlanData, review: str) -> int:
    return max((item.place or 0 for item in agenda(data, review)), default=0) + 1


# -- from risk to risk


def through(data: PlanData, review: RiskReview, item: Reviewed, seconds: int = 0) -> Deed:
    """A risk was looked at; it is again on the day that was typed, or after the plan's days between reviews."""
    item, risk = fresh(data, item), risk_of(data, item)
    values: dict[str, Any] = {"state": REVIEWED, "seconds": more_seconds(item, seconds)}
    changes = []
    if risk is not None and is_open(risk):
        day = item.next_review or due.later(review.date, due.review_days(data))
        values |= {"next_review": day, "decision": item.decision or KEEP}
        changes.append(put(risk, {"next_review": day}))
    return deed(data, review, item, "reviewed", [put(item, values), *changes])


def skip(data: PlanData, review: RiskReview, item: Reviewed, seconds: int = 0) -> Deed:
    """Put a risk off to the end of the agenda."""
    item = fresh(data, item)
    last = agenda(data, review.id)[-1]
    values = {"state": SKIPPED, "seconds": more_seconds(item, seconds)}
    if last.id != item.id:
        values["place"] = _end(data, review.id)
    return deed(data, review, item, "skipped", [put(item, values)])


def before(data: PlanData, item: Reviewed) -> Reviewed | None:
    """The item that stands before another on its agenda."""
    items = agenda(data, item.review)
    place = next((at for at, one in enumerate(items) if one.id == item.id), 0)
    return items[place - 1] if place else None


def back(data: PlanData, review: RiskReview, item: Reviewed, seconds: int = 0) -> Deed:
    """Go back to the risk before this one, which is then open again; no changes when there is none."""
    item, last = fresh(data, item), before(data, item)
    if last is None:
        return Deed("", [], why_of(review))
    changes = [put(last, {"state": WAITING}), put(item, {"seconds": more_seconds(item, seconds)})]
    return deed(data, review, last, "looked at again", changes)


def spent(data: PlanData, review: RiskReview, seconds: Mapping[str, int]) -> Deed:
    """Note the time that risks took, by the ids of their items, when a review is left."""
    return Deed("Leave the risk review", _spent(data, seconds), why_of(review))


def _spent(data: PlanData, seconds: Mapping[str, int]) -> list[Change]:
    rows = ((data.get("reviewed", id), more) for id, more in seconds.items())
    changes = [
        put(row, {"seconds": more_seconds(row, more)}) for row, more in rows if isinstance(row, Reviewed)
    ]
    return [change for change in changes if change.fields]


def finish(
    data: PlanData, review: RiskReview, seconds: Mapping[str, int] | None = None, by: Simulation | None = None
) -> Deed:
    """End a review: how the risks stand now, what the plan comes to, and how long it took; what waits was skipped."""
    changes, whole = [], 0
    for item in agenda(data, review.id):
        risk, took = risk_of(data, item), more_seconds(item, (seconds or {}).get(item.id, 0))
        values: dict[str, Any] = {"seconds": took}
        whole += took or 0
        if item.state != REVIEWED:
            values["state"] = SKIPPED
        elif risk is not None:
            values |= _standing(data, risk, "after")
        changes.append(put(item, values))
    expected, p80 = figures(data, by)
    ended = {"state": FINISHED, "seconds": whole or None, "expected_after": expected, "p80_after": p80}
    changes = [put(review, ended), *changes]
    return Deed("Finish the risk review", [change for change in changes if change.fields], why_of(review))


# -- shared with what is done to a risk


def fresh(data: PlanData, item: Reviewed) -> Reviewed:
    """The item as it stands in the plan.

    Raises:
        PlanError: it has been removed.
    """
    row = data.get("reviewed", item.id)
    if not isinstance(row, Reviewed):
        raise PlanError(f"“{item.subject}” is no longer on the agenda of this review.")
    return row


def more_seconds(item: Reviewed, seconds: int) -> int | None:
    """The time an item took, with some more."""
    return ((item.seconds or 0) + seconds) or None


def deed(data: PlanData, review: RiskReview, item: Reviewed, words: str, changes: Iterable[Change]) -> Deed:
    """A step about one item of the agenda, of the changes that change something."""
    real = [change for change in changes if change.op != "set" or change.fields]
    return Deed(f"{name_of(data, item)}: {words}", real, why_of(review))
