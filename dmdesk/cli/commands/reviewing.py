"""The command that reads risk reviews, and takes back what one of them changed of a risk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dmdesk import types as t
from dmdesk.cli import output
from dmdesk.cli.asking import meant, row_named
from dmdesk.cli.command import FILE, JSON, arg, command
from dmdesk.cli.opening import looked_at, opened
from dmdesk.errors import PlanError
from dmdesk.kinds import kind_of, kinds
from dmdesk.model import Reviewed, RiskReview
from dmdesk.reading import PlanData
from dmdesk.risks import money, reviewing
from dmdesk.risks.since import agenda, before, reviews, since


@command(
    "review",
    FILE,
    arg("key", "The review's key, such as 2017-09-25; without it all are listed.", nargs="?", default=""),
    arg(
        "--take-back",
        "Take back what the review changed of this risk, as one step.",
        default="",
        metavar="RISK",
    ),
    JSON,
)
def review(file: Path, key: str, take_back: str, json: bool) -> None:
    """List the risk reviews, or read one: who, when, what was said and decided of each risk, and what it changed."""
    if take_back:
        _take_back(file, key, take_back)
        return
    with looked_at(file) as data:
        if key:
            row = _named(data, key)
            output.as_json(_as_data(data, row)) if json else _read(data, row)
        elif json:
            output.as_json([_summary(data, row) for row in reviews(data)])
        else:
            _list(data)


def _named(data: PlanData, key: str) -> RiskReview:
    row = data.find("review", key)
    if not isinstance(row, RiskReview):
        known = [one.key for one in reviews(data)]
        has = f"; the reviews are {', '.join(known[-6:])}." if known else "; none has been held yet."
        raise PlanError(f"There is no review “{key}” in this plan{meant(key, known) or has}")
    return row


def _take_back(file: Path, key: str, risk: str) -> None:
    from dmdesk.risks import undoing

    with opened(file) as plan:
        row = _named(plan.data, key)
        step = undoing.take_back(plan, row, row_named(plan.data, kinds()["risk"], risk).id)
        if step is None:
            raise PlanError(f"The review of {row.key} changed nothing of “{risk}” that still stands.")
        output.say(f"{output.cell(step.title, 0)}.")


# -- lists


def _list(data: PlanData) -> None:
    rows = reviews(data)
    if not rows:
        output.say("No risk review has been held yet.")
        return
    output.table(
        [_cells(data, row) for row in rows],
        ["Key", "Title", "State", "Risks", "P80 before", "P80 after"],
        (3, 4, 5),
    )


def _cells(data: PlanData, row: RiskReview) -> list[str]:
    state = reviewing.progress(data, row)
    amounts = [money.short(data, one) if one is not None else "" for one in (row.p80_before, row.p80_after)]
    return [row.key, output.cell(row.name), row.state, f"{state.done} of {state.total}", *amounts]


def _summary(data: PlanData, row: RiskReview) -> dict[str, Any]:
    people = [data.title(one) for id in row.people if (one := data.get("person", id)) is not None]
    state = reviewing.progress(data, row)
    return {
        "key": row.key, "title": row.name, "date": row.date, "state": row.state, "people": people,
        "others": list(row.others), "scope": row.scope, "seconds": row.seconds, "risks": state.total,
        "reviewed": state.done, "skipped": state.skipped, "expected_before": row.expected_before,
        "expected_after": row.expected_after, "p80_before": row.p80_before, "p80_after": row.p80_after,
    }  # fmt: skip


# -- one review


def _as_data(data: PlanData, row: RiskReview) -> dict[str, Any]:
    last = before(data, row)
    found = since(data, last, row)
    groups = {name: [one.subject for one in found.of(name)] for name, _ in found.counts}
    items = [_item(data, one) for one in agenda(data, row)]
    return {
        **_summary(data, row), "note": row.note, "agenda": items,
        "since": {"review": last.key if last else "", "unchanged": found.unchanged, **groups},
    }  # fmt: skip


def _item(data: PlanData, one: Reviewed) -> dict[str, Any]:
    risk = reviewing.risk_of(data, one)
    names = (field.name for field in kind_of(one).fields if field.name not in ("review", "risk"))
    values = {name: getattr(one, name) for name in names}
    for name in ("score_before", "score_after"):
        values[name] = t.amount(values[name])
    return {"risk": data.key(risk) if risk else "", **values}


def _read(data: PlanData, row: RiskReview) -> None:
    """The minutes as they are printed, as lines of text."""
    from dmdesk.cli.blocks import lines_of
    from dmdesk.manuscript.parts.minutes import minutes

    output.say(f"{row.name} ({row.key})")
    for line in lines_of(minutes(data, row)):
        output.say(line)
