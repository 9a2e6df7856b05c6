"""Commands of the risk register: list it, sum it up, choose its scale, and move and judge risks without a window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.cli import output, wording
from dmdesk.cli.asking import meant, row_named
from dmdesk.cli.command import FILE, JSON, PLAN, RFC, WHY, arg, command, flag, path
from dmdesk.cli.comparing import print_changes
from dmdesk.cli.fitting import fitting
from dmdesk.cli.opening import looked_at, opened
from dmdesk.computed import asked_of, value_of
from dmdesk.errors import PlanError
from dmdesk.kinds import Field, kinds
from dmdesk.model import PlanDocument, Risk
from dmdesk.model.risks import CURRENT, SCORES, STATES
from dmdesk.reading import PlanData

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.risks.scale import Scale

COLUMNS = (
    "key", "kind", "name", "state", "owner", "likelihood", "impact", "score", "level", "trend", "emv", "retires",
    "review_due",
)  # fmt: skip
"""What the table of the register shows; the other forms have every field."""
TITLE = COLUMNS.index("name")

PARTS = ("score", "response", "action", "move", "draw")
"""Kinds that have a sheet of their own in the spreadsheet of the register."""

RISK = arg("risk", "The risk, by id or title.")
ON = arg("--on", "The day; without, today.", default="", metavar="DAY")


@command(
    "risks",
    FILE,
    arg("filter", "Only risks that fit, such as “level:high owner:ito”.", nargs="?", default=""),
    JSON,
    flag("--csv", "Print CSV, with the fields' names in the first line."),
    path("--xlsx", "Write a spreadsheet: the risks with every field, and what is part of them.", metavar="OUT.xlsx"),
)  # fmt: skip
def risks(file: Path, filter: str, json: bool, csv: bool, xlsx: Path | None) -> None:
    """List the risk register: states, scores, levels, trends and exposure, and what they come to together."""
    if sum((json, csv, xlsx is not None)) > 1:
        raise PlanError("A register is printed as JSON, as CSV or into a spreadsheet; choose one of them.")
    with looked_at(file) as data:
        found = [row for row in fitting(file, data, kinds()["risk"], filter) if isinstance(row, Risk)]
        fields = asked_of(kinds()["risk"]).fields
        if json:
            output.as_json([_as_data(data, fields, row) for row in found])
        elif csv:
            texts = (
                [wording.shown(data, f, value_of(data, row, "risk", f.name)) for f in fields] for row in found
            )
            output.as_csv([field.name for field in fields], texts)
        elif xlsx is not None:
            _spreadsheet(data, found, xlsx)
        else:
            _table(data, found)


def _as_data(data: PlanData, fields: Sequence[Field], row: Risk) -> dict[str, Any]:
    """A risk as JSON has it: numbers as numbers, null where there are none."""
    from dmdesk.exchange.sheets import number

    found = {}
    for field in fields:
        value = value_of(data, row, "risk", field.name)
        found[field.name] = number(value) if field.type.numeric else wording.plain(data, field, value)
    return found


def _table(data: PlanData, found: list[Risk]) -> None:
    """The register as a table; risks stand moved in below their headline when that is shown as well."""
    kind = asked_of(kinds()["risk"])
    shown = {row.id for row in found}
    depth = {
        row.id: sum(above.id in shown for above in trees.ancestors(data.rows("risk"), row.id))
        for row in found
    }
    fields = [kind[name] for name in COLUMNS]
    numbers = [at for at, field in enumerate(fields) if field.type.numeric]
    cells = []
    for row in found:
        texts = (wording.shown(data, field, value_of(data, row, "risk", field.name)) for field in fields)
        line = [output.cell(text.replace("\n", "; ")) for text in texts]
        line[TITLE] = "  " * depth[row.id] + line[TITLE]
        cells.append(line)
    output.table(cells, headers=[field.label for field in fields], numbers=numbers)
    if not data.rows("risk"):
        output.say("There are no Risks in this plan.")
        return
    output.say(f"\n{_summary(data, found)}")


def _summary(data: PlanData, found: list[Risk]) -> str:
    """“3 of 21 risks: 2 active, 1 candidate; Σ P×I $4,583,333.”"""
    from dmdesk.risks.exposure import exposed, total

    all_rows, shown = data.rows("risk"), {row.id for row in found}
    tally = Counter(row.state or STATES[0] for row in found)
    states = ", ".join(f"{tally[state]:,} {state}" for state in STATES if tally[state])
    number = f"{len(found):,} of " if len(found) != len(all_rows) else ""
    expected = total(data, [one for one in exposed(data) if one.risk.id in shown])
    counted = f"{number}{output.number(len(all_rows), 'risk')}"
    return f"{counted}{': ' if states else ''}{states}; Σ P×I {amount(data, expected)}."


def amount(data: PlanData, value: float) -> str:
    """An amount of money with the currency of the plan."""
    plan = data.plan()
    sign = (plan.currency if isinstance(plan, PlanDocument) else "") or "$"
    return f"{'−' if round(value) < 0 else ''}{sign}{'' if len(sign) == 1 else ' '}{abs(round(value)):,}"


def _spreadsheet(data: PlanData, found: list[Risk], out: Path) -> None:
    from dmdesk.exchange.sheets import sheet_of
    from dmdesk.exchange.xlsx import written
    from dmdesk.saving import put_in_place

    if out.suffix.lower() != ".xlsx":
        raise PlanError(f"A spreadsheet is written as .xlsx; call it “{out.stem}.xlsx”.")
    ids, plan = {row.id for row in found}, data.plan()
    sheets = [sheet_of(data, kinds()["risk"], found)]
    for name in PARTS:
        rows = [row for row in data.in_order(name) if getattr(row, "risk", "") in ids]
        if rows:
            sheets.append(sheet_of(data, kinds()[name], rows))
    put_in_place(out, written(sheets, f"{data.title(plan)}: risks" if plan else "Risks"))
    output.say(f"{output.number(len(found), 'risk')} in “{out.name}”.")


# -- the scale


@command(
    "scale",
    FILE,
    arg("key", "The scale that the plan shall use from now on.", nargs="?", default=""),
    WHY,
    RFC,
)
def scale(file: Path, key: str, why: str, rfc: str) -> None:
    """List the scales that risks can be judged by, ready ones and the plan's own; or make the plan use one of them."""
    if not key:
        with looked_at(file) as data:
            _list_scales(data)
        return
    with opened(file, rfc) as plan:
        changes, name = _used(plan.data, key)
        if not changes:
            output.say(f"The plan uses the scale “{name}” already; nothing was changed.")
            return
        from dmdesk.cli.findings import print_effect

        print_effect(plan.data.copy(), changes)
        plan.step(f"Judge risks by the scale {name}", changes, why)
        output.say(f"The plan uses the scale “{name}” now; scores are read by it, and none was changed.")


def _list_scales(data: PlanData) -> None:
    from dmdesk.model import RiskScale
    from dmdesk.risks.ready import READY
    from dmdesk.risks.scale import scale_of

    now = scale_of(data)
    own = [scale_of(data, row.id) for row in data.in_order("scale") if isinstance(row, RiskScale)]
    known = {one.key for one in own}
    ready = [one for key, one in READY.items() if key not in known]
    headers = ("Key", "Name", "Levels", "Score", "From", "")
    output.table([_about(one, one.key == now.key) for one in (*own, *ready)], headers)


def _about(one: Scale, used: bool) -> list[str]:
    cells = [one.key, one.name, f"{one.height} × {one.width}", one.rule, one.source, "in use" if used else ""]
    return [output.cell(cell) for cell in cells]


def _used(data: PlanData, key: str) -> tuple[list[Change], str]:
    """The changes that make the plan use a scale, and its name; () when it does."""
    from dmdesk.changes import put
    from dmdesk.risks.ready import READY, adopted

    plan, held = data.plan(), data.find("scale", key)
    if not isinstance(plan, PlanDocument):
        raise PlanError(
            "This plan has no front matter to note its scale in; add a row of the kind plan first."
        )
    if held is None and key not in READY:
        known = [*data.by_key("scale"), *READY]
        raise PlanError(
            f"There is no scale “{key}”{meant(key, known) or '; “dmdesk scale FILE” lists them.'}"
        )
    changes = [put(plan, {"scale": held.id})] if held else adopted(data, key)
    name = data.title(held) if held else READY[key].name
    return [change for change in changes if change.fields], name


# -- moving and judging


@command("move", PLAN, RISK, arg("state", f"The state it comes to: {', '.join(STATES)}."), WHY, ON)
def move(file: Path, risk: str, state: str, why: str, on: str) -> None:
    """Move a risk to another state; the move is kept with its day and reason."""
    from dmdesk.folders import user
    from dmdesk.risks.states import moved

    day = _day(on)
    with opened(file) as plan:
        before = plan.data.copy()
        row = _risk(before, risk)
        changes = moved(before, row, state, day, why, user())
        plan.step(f"Move {before.key(row)} to {state}", changes, why)
        print_changes(changes, before, plan.data)


@command(
    "score",
    PLAN,
    RISK,
    arg("likelihood", "The level of its likelihood.", type=int),
    arg("impact", "The level of its overall impact.", type=int),
    arg("--sort", "Which score: initial, current (as without it) or target.", choices=SCORES, default=CURRENT,
        metavar="SORT"),
    arg("--cost", "The level of its impact on cost.", type=int, metavar="LEVEL"),
    arg("--schedule", "The level of its impact on schedule.", type=int, metavar="LEVEL"),
    ON,
    WHY,
)  # fmt: skip
def score(
    file: Path, risk: str, likelihood: int, impact: int, sort: str, cost: int | None, schedule: int | None, on: str,
    why: str,
) -> None:  # fmt: skip
    """Judge a risk. A current score of another day is kept beside it; levels that are not given stay as they were."""
    from dmdesk.risks.book import scored
    from dmdesk.risks.judging import judge

    day = _day(on)
    given = {"likelihood": likelihood, "overall": impact, "cost": cost, "schedule": schedule}
    values: dict[str, Any] = {name: level for name, level in given.items() if level is not None}
    with opened(file) as plan:
        before = plan.data.copy()
        row = _risk(before, risk)
        _refuse_levels(before, values)
        changes = judge(before, row, sort, {**values, **({"note": why} if why else {})}, day)
        if changes:
            plan.step(f"Judge {before.key(row)}", changes, why)
        print_changes(changes, before, plan.data)
        now = scored(plan.data, row.id)
        judged = {"initial": now.initial, "target": now.target}.get(sort, now.current)
        if judged and judged.score is not None:
            zone = f", {judged.zone.name}" if judged.zone else ""
            output.say(f"Score {judged.score:g}{zone}.")


def _risk(data: PlanData, words: str) -> Risk:
    row = row_named(data, kinds()["risk"], words)
    assert isinstance(row, Risk)
    return row


def _day(words: str) -> str:
    from dmdesk.risks import due

    try:
        return t.DAY.clean(words.strip()) or due.today()
    except t.BadValue as error:
        raise PlanError(f"“--on”: {error}") from None


def _refuse_levels(data: PlanData, values: dict[str, Any]) -> None:
    """Refuse levels that the plan's scale does not have."""
    from dmdesk.risks.scale import scale_of

    own = scale_of(data)
    for name, level in values.items():
        known = [one.level for one in own.bands]
        if name != "likelihood":
            known = [one.level for one in own.levels.get(name) or own.levels.get("overall", ())]
        if known and level not in known:
            raise PlanError(
                f"The scale “{own.name}” has no {name} level {level}; it has {known[0]} to {known[-1]}."
            )
