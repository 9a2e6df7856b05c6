"""The parts of a risk as lines to pick, and its money and time in sentences, worked out step by step."""

from __future__ import annotations

from typing import Any

from dmdesk import types as t
from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.model import Risk
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_gain, judged, scored, scores_of
from dmdesk.risks.columns import in_words
from dmdesk.risks.exposure import drawn
from dmdesk.risks.money import Estimate, occurrences_of
from dmdesk.risks.scale import scale_of
from dmdesk.risks.states import moves_of
from ui.models.derived import kind_icon
from ui.views.lines import HEADING, REMARK, ROW, Line


def amount(value: float, currency: str = "") -> str:
    """An amount of money as people read it: $1,200, or 1,200 EUR."""
    words = t.MONEY.show(round(value))
    return f"{words} {currency}" if currency.isalpha() else f"{currency}{words}"


def money(data: PlanData, risk: Risk) -> list[str]:
    """What it costs or gains, and what is expected of that, one sentence a line."""
    own, found = scored(data, risk.id), []
    verb = "gains" if is_gain(risk) else "costs"
    plan: Any = data.plan()
    unit = plan.currency if plan is not None else ""
    if own.cost is not None:
        found.append(
            f"If it happens it {verb} {amount(own.cost.mean, unit)} (PERT mean of {_points(own.cost)})."
        )
    if own.emv is not None and own.cost is not None and own.probability is not None:
        times, clamp = occurrences_of(risk), ", put into the bands" if own.clamped else ""
        often = f" × {times}" if times > 1 else ""
        sum_ = f"{own.probability * 100:g} %{clamp}{often} × {amount(own.cost.mean, unit)}"
        found.append(f"EMV: {sum_} = {amount(own.emv, unit)}, from the {risk.funding or 'contingency'}.")
    if own.delay is not None:
        slip = f"; {own.slip:.2g} expected" if own.slip is not None else ""
        found.append(f"It {'saves' if is_gain(risk) else 'delays by'} {own.delay.mean:.3g} months{slip}.")
    if taken := drawn(data, risk.id):
        found.append(f"{amount(taken, unit)} were drawn from contingency.")
    return found


def _points(of: Estimate) -> str:
    return " / ".join(amount(one) for one in (of.least, of.likely, of.most))


def lines(data: PlanData, risk: Risk) -> list[Line]:
    """Responses with their steps, actions, draws, moves and scores, each under its heading."""
    parts = {kind: _of(data, kind, risk.id) for kind in ("response", "action", "draw")}
    steps: dict[str, list[Entity]] = {}
    for row in parts["action"]:
        steps.setdefault(getattr(row, "response"), []).append(row)  # noqa: B009
    known = {row.id for row in parts["response"]}
    found: list[Line] = []
    for response in parts["response"]:
        found += [
            _response(data, response),
            *(_action(data, row, "↳ ") for row in steps.get(response.id, ())),
        ]
    found = [Line(HEADING, "Responses and their steps"), *found] if found else []
    alone = [_action(data, row) for of, rows in steps.items() if of not in known for row in rows]
    draws = [_draw(row) for row in parts["draw"]]
    moves = [_move(row) for row in reversed(moves_of(data, risk.id))]
    scale = scale_of(data)
    scores = [_score(scale, row) for row in reversed(scores_of(data, risk.id))]
    for heading, group in (
        ("Actions", alone),
        ("Draws from contingency", draws),
        ("Moves", moves),
        ("Scores", scores),
    ):
        found += [Line(HEADING, heading), *group] if group else []
    return found or [Line(REMARK, "No responses, actions or scores yet.")]


def _of(data: PlanData, kind: str, risk: str) -> list[Entity]:
    ids = data.index(f"{kind} by risk", kind, lambda row: (getattr(row, "risk"),)).ids(risk)  # noqa: B009
    rows = [row for id in ids if (row := data.get(kind, id)) is not None]
    ranked = kinds()[kind].order
    return sorted(rows, key=lambda row: str(getattr(row, ranked or "date")))


def _line(row: Any, words: str, aside: str, kind: Kind | None = None) -> Line:
    kind = kind or kind_of(row)
    return Line(ROW, words, kind_icon(kind.name), aside, kind.name, row.id)


def _response(data: PlanData, row: Any) -> Line:
    return _line(row, row.name, " · ".join(filter(None, (row.strategy, row.state))))


def _action(data: PlanData, row: Any, before: str = "") -> Line:
    from dmdesk.risks.due import today

    late = "overdue " if row.due and row.due < today() and row.state not in ("done", "dropped") else ""
    ended = row.state in ("done", "dropped") or not row.due
    return _line(row, f"{before}{row.name}", row.state if ended else f"{late}{row.due}")


def _draw(row: Any) -> Line:
    return _line(row, " ".join(filter(None, (amount(row.amount or 0), row.change))), row.date)


def _move(row: Any) -> Line:
    words = f"{row.before or 'new'} → {row.state}" + (f": {row.reason}" if row.reason else "")
    return _line(row, words, row.date)


def _score(scale: Any, row: Any) -> Line:
    one = judged(scale, row)
    cell = f" ({one.likelihood} × {one.impact})" if one.likelihood and one.impact else ""
    return _line(row, f"{row.sort or 'current'}: {in_words(one) or 'no score'}{cell}", row.date)
