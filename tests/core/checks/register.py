"""A telling register: risks, scores, responses and a scale in which each check of the register finds something."""

from typing import Any

from dmdesk.kinds import Entity, kinds
from tests.core.checks.plans import row

OLD = "2017-01-02"


def risk(key: str, /, **values: Any) -> Entity:
    """An active threat with a statement, an owner and a review far from now, unless told otherwise."""
    usual = {
        "kind": "threat", "state": "active", "condition": "If the data come late this year",
        "consequence": "the release of all catalogs slips", "owner": "person ann", "entered": "9998-01-01",
    }  # fmt: skip
    return row("risk", key, **{**usual, **values})


def score(of: str, likelihood: int | None, impact: int | None, sort: str = "current", **more: Any) -> Entity:
    """A score of a risk with an overall impact."""
    values = {"risk": f"risk {of}", "sort": sort, "likelihood": likelihood, "overall": impact, **more}
    return kinds()["score"].make(values, f"score {of} {sort} {more.get('date', '')}")


def response(of: str, name: str, /, **values: Any) -> Entity:
    """A response to a risk, owned by somebody and with a strategy against threats unless told otherwise."""
    usual = {"risk": f"risk {of}", "name": name, "strategy": "mitigate", "owner": "person ben"}
    return kinds()["response"].make({**usual, **values}, f"response {name}")


def action(of: str, name: str, /, response: str = "", **values: Any) -> Entity:
    """An action on a risk, a step of a response when one is named."""
    step = f"response {response}" if response else ""
    return kinds()["action"].make(
        {"risk": f"risk {of}", "name": name, "response": step, **values}, f"action {name}"
    )


def part(kind: str, id: str, /, **values: Any) -> Entity:
    """A row without a key."""
    return kinds()[kind].make(values, id)


def scale(
    key: str = "own", table: tuple[str, ...] = ("4 9 15", "2 6 11", "1 3 5"), **values: Any
) -> list[Entity]:
    """A scale of three likelihoods and three impacts, in order."""
    id = f"scale {key}"
    bands = ((1, "Seldom", "10", "20"), (2, "Perhaps", "21", "40"), (3, "Often", "41", "60"))
    zones = (("low", "0", "none"), ("moderate", "6", "dots"), ("high", "11", "hatch"))
    return [
        row("scale", key, table=list(table), **values),
        *(
            part("band", f"{key} band {n}", scale=id, level=str(n), name=name, least=least, most=most)
            for n, name, least, most in bands
        ),
        *(
            part("impact", f"{key} impact {n}", scale=id, dimension="overall", level=str(n), name=f"I{n}",
                 **({"limit": str(5 * n), "unit": "% of baseline"} if n < 3 else {}))
            for n in (1, 2, 3)
        ),
        *(
            part("zone", f"{key} zone {name}", scale=id, name=name, least=least, mark=mark)
            for name, least, mark in zones
        ),
    ]  # fmt: skip


def broken_scale() -> list[Entity]:
    """A scale with every fault that a check knows."""
    id = "scale odd"
    bands = [("1", "10", "30", ""), ("2", "20", "25", "90"), ("4", "60", "50", ""), ("x", "", "", "")]
    return [
        row("scale", "odd", table=["5 1", "2"]),
        *(
            part("band", f"odd band {n}", scale=id, level=n, name=f"B{n}", least=least, most=most, point=point)
            for n, least, most, point in bands
        ),
        *(
            part("impact", f"odd impact {n}", scale=id, dimension="overall", level=n, name=f"I{n}", limit=limit)
            for n, limit in (("1", "5"), ("2", "3"))
        ),
        *(
            part("zone", f"odd zone {name}", scale=id, name=name, least=least)
            for name, least in (("low", "50"), ("high", "0"), ("middle", "50"))
        ),
        row("scale", "bare", rule="product"),
    ]  # fmt: skip


RISKS = [
    risk("H1", headline=True, condition="", entered=""),
    risk("H2", headline=True),
    risk("K1", parent="risk H1", condition="If it rains then all is wet", consequence="", probability="75"),
    risk("K2", parent="risk H1", condition="Rain", consequence="K2", owner="", probability="5"),
    risk("K3", parent="risk K1", state="realised", impact_on=OLD),
    risk("K4", parent="risk H1", retire_by=OLD, impact_on=OLD, entered=OLD, delay_min="9", delay_max="3"),
    risk("L1", state="candidate", entered=OLD, retire_milestone="milestone M1", cost_min=9, cost_max=4),
    risk("L2", owner="?A group", category="category C1", changes=["LCR-7"], cost_likely=5),
    risk("L3", state="retired"),
    risk("L5", conclusion="Then.", parent="risk H1"),
    risk("L4", state="deprecated", conclusion="So it is.", headline=True, parent="risk H1"),
    risk("M1", state="realised"),
    risk("M2", entered="", parent="risk H1"),
    risk("M3", entered="", parent="risk H1"),
    risk("M4", parent="risk H1"),
    risk("N1", parent="risk H1"),
    risk("L6", state="candidate", entered=""),
    row("category", "C1", parent="category C"),
    row("category", "C"),
    row("category", "D"),
]

PARTS = [
    score("K1", 2, 3, "initial"),
    score("K1", 3, 3),
    score("K1", 1, 1, "target"),
    score("K2", 3, None),
    score("K4", None, 3),
    score("K4", 2, 2, "initial"),
    score("K4", 2, 2, "target"),
    score("L1", 9, 7, further=["performance: 3", "nonsense"], date=OLD),
    score("L2", 3, 3, date=OLD),
    response("K4", "Monitor the weather"),
    response("K4", "Exploit it", strategy="exploit", owner="", secondary=["risk K4", "risk L2"]),
    response("K2", "Build a roof"),
    action("K2", "Buy tiles", "Build a roof", due=OLD),
    action("K4", "Watch the sky", "Monitor the weather"),
    score("M4", 3, 3, "initial"),
    score("M4", 1, 1, date="2016-01-01"),
    score("M4", 3, None, date=OLD, further=["overall: 3"]),
    score("M4", 2, 2, "target", date="2016-01-01"),
    score("M4", 3, None, "target", date=OLD, further=["overall: 3"]),
    score("N1", 3, 3, "initial"),
    score("N1", 1, 1, "target"),
    response("M4", "Answer"),
    response("N1", "Watch it"),
    response("N1", "Build it"),
    action("N1", "Watch it grow", "Build it"),
    action("N1", "Plan it", "Build it", state="dropped"),
    action("M1", "Clean up"),
    action("K3", "Prepare", "Answer"),
    part("move", "move M2", risk="risk M2", date=OLD, before="candidate", state="active"),
    part("move", "move L6", risk="risk L6", date=OLD, state="candidate"),
    part(
        "move",
        "move L3 first",
        risk="risk L3",
        date="2016-01-01",
        before="active",
        state="retired",
        reason="So.",
    ),
    part("move", "move L3", risk="risk L3", date=OLD, before="active", state="retired", reason="It is over."),
    part("draw", "draw L2", risk="risk L2", date=OLD, amount=1000),
    part("review", "review R", key=OLD, name="Review", date=OLD, state="finished"),
    part("reviewed", "reviewed M3", review="review R", subject="risk M3", risk="risk M3", state="reviewed"),
    part("reviewed", "reviewed L2", review="review R", subject="risk L2", risk="risk L2", state="reviewed"),
]

REGISTER = [*RISKS, *PARTS, *scale(), *broken_scale()]
"""The plan that uses it names the scale “own”."""
