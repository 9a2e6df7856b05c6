"""The command that says what all risks together may cost: the plain sum beside a simulation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk.cli import output
from dmdesk.cli.command import FILE, JSON, arg, command
from dmdesk.cli.commands.risks import amount
from dmdesk.cli.opening import looked_at
from dmdesk.model import Risk
from dmdesk.model.risks import ACTIVE
from dmdesk.reading import PlanData
from dmdesk.risks.contingency import RUNS, SEED, Contingency, contingency
from dmdesk.risks.exposure import AXES, BASELINE, exposed, sums, total

if TYPE_CHECKING:
    from dmdesk.risks.simulation import Driver

SHAPES = ("pert", "triangular")
PERCENTS = (50, 80, 90)


@command(
    "exposure",
    FILE,
    arg("--runs", "How many times the project is simulated; without, 10,000.", type=int, default=RUNS, metavar="N"),
    arg("--seed", "Another seed gives other random numbers, the same one the same; without, 1.", type=int, default=SEED,
        metavar="S"),
    arg("--shape", "How costs spread between least and greatest: pert (as without it) or triangular.", choices=SHAPES,
        default=SHAPES[0], metavar="SHAPE"),
    arg("--by", "Sum up by wbs, institution, owner, category or cycle.", choices=AXES, default="", metavar="AXIS"),
    JSON,
)  # fmt: skip
def exposure(file: Path, runs: int, seed: int, shape: str, by: str, json: bool) -> None:
    """Say what the active risks may cost together: Σ P×I beside a simulation with its mean, P50, P80 and P90, what was
    drawn from contingency, and the risks that matter most.
    """
    with looked_at(file) as data:
        found = contingency(data, runs, seed, shape)
        if json:
            output.as_json(_as_data(data, found))
        else:
            _print(data, found, by)


def _as_data(data: PlanData, found: Contingency) -> dict[str, Any]:
    """The figures as JSON has them; amounts in the plan's currency, rounded to whole ones."""
    outcome = found.outcome
    return {
        "risks": len(found.risks), "left_out": [data.key(row) for row in _left_out(data, found)],
        "expected": round(found.expected), "runs": outcome.runs, "seed": outcome.seed, "shape": outcome.shape,
        "mean": round(outcome.mean), "deviation": round(outcome.deviation),
        **{f"p{percent}": round(outcome.at(percent)) for percent in PERCENTS},
        "drawn": found.drawn, "baseline": round(_in_baseline(data)),
        "by": {
            axis: [{"name": name, "expected": round(size), "risks": number} for name, size, number in
                   sums(data, found.risks, axis)]
            for axis in AXES
        },
        "drivers": [
            {"risk": one.key, "title": _titled(data, one), "share": one.share, "low": round(one.low),
             "high": round(one.high)}
            for one in outcome.drivers
        ],
        "curve": [{"amount": round(size), "percent": percent} for size, percent in outcome.curve()],
    }  # fmt: skip


def _print(data: PlanData, found: Contingency, by: str) -> None:
    outcome = found.outcome
    figures = [("Σ P×I", found.expected), ("Mean", outcome.mean)]
    figures += [(f"P{percent}", outcome.at(percent)) for percent in PERCENTS]
    figures += [("Deviation", outcome.deviation), ("Drawn so far", found.drawn)]
    in_baseline = _in_baseline(data)
    if in_baseline:
        figures.append(("Σ P×I funded in the baseline, not in the above", in_baseline))
    output.table([[name, amount(data, value)] for name, value in figures], numbers=(1,))
    runs = f"{outcome.runs:,} runs, seed {outcome.seed}, {outcome.shape}"
    output.say(f"\n{output.number(len(found.risks), 'active risk')} funded from contingency; {runs}.")
    left_out = _left_out(data, found)
    if left_out:
        names = ", ".join(data.key(row) for row in left_out[:5]) + (" …" if len(left_out) > 5 else "")
        output.say(
            f"{output.number(len(left_out), 'active risk')} without figures or a probability: {names}."
        )
    if by:
        output.say()
        rows = [
            [name, amount(data, size), f"{number:,}"] for name, size, number in sums(data, found.risks, by)
        ]
        output.table(rows, (f"By {by if by != 'wbs' else 'WBS element'}", "Σ P×I", "Risks"), numbers=(1, 2))
    if outcome.drivers:
        output.say()
        rows = [_driver(data, one) for one in outcome.drivers]
        output.table(rows, ("What matters most", "", "Share", "Low", "High"), numbers=(2, 3, 4))


def _driver(data: PlanData, one: Driver) -> list[str]:
    ends = (amount(data, one.low), amount(data, one.high))
    return [output.cell(one.key), output.cell(_titled(data, one)), f"{one.share:.0%}", *ends]


def _titled(data: PlanData, one: Driver) -> str:
    row = data.find("risk", one.key) or data.get("risk", one.key)
    return data.title(row) if row else ""


def _in_baseline(data: PlanData) -> float:
    return total(data, exposed(data, BASELINE))


def _left_out(data: PlanData, found: Contingency) -> list[Risk]:
    """Active risks that count in no sum, since they lack figures or a probability; headlines speak through others."""
    counted = {one.risk.id for one in (*found.risks, *exposed(data, BASELINE))}
    rows = (row for row in data.in_order("risk") if isinstance(row, Risk))
    return [row for row in rows if row.state == ACTIVE and not row.headline and row.id not in counted]
