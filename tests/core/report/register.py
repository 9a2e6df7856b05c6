"""A register of risks to print: threats and opportunities below headlines, responses, realised ones, draws, reviews."""

from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData

FIRST, LAST = "2019-11-20", "2020-02-20"
TITLES = (
    "Shared scans do not scale to the second data release", "Long-haul link is late",
    "Key staff leave a lead institution", "Precursor data do not represent the survey",
    "Alert latency above 60 seconds", "Camera interface changes late", "Base site power fails during commissioning",
    "Compute sizing model drifts", "Template building takes too long",
)  # fmt: skip


def row(sort: str, id: str, /, **values: object) -> Entity:
    return kinds()[sort].make(values, id)


def parts_around() -> list[Entity]:
    """What risks refer to."""
    return [
        row("institution", "ncsa", key="NCSA", name="National Center for Supercomputing Applications"),
        row("institution", "slac", key="SLAC", name="SLAC National Accelerator Laboratory"),
        row("person", "ann", key="ann", name="Ann Analyst", institution="ncsa"),
        row("person", "bob", key="bob", name="Robert van der Berg", institution="slac"),
        row("wbs", "w1", key="1.02C.06", name="Science Data Archive"),
        row("wbs", "w2", key="1.02C.07", name="Processing Control and Site Infrastructure"),
        row("product", "p1", key="QSERV", name="Distributed Database", wbs=("w1",)),
        row("milestone", "m1", key="LDM-503-6", name="Integrated database", due="2020-06-30", level="2"),
    ]


def risks(count: int) -> list[Entity]:
    """So many risks: the first four are headlines, one in five is an opportunity."""
    found: list[Entity] = []
    for at in range(count):
        headline, gain = at < 4 and count > 8, at % 5 == 3
        letter = "O" if gain else "T"
        parent = f"r{at % 4}" if not headline and at % 3 and count > 8 else ""
        state = ("active", "active", "candidate", "active")[at % 4]
        if count > 8 and at in (11, 17):
            state = "realised"
        if count > 8 and at in (13, 19):
            state = ("retired", "deprecated")[at % 4 == 3]
        figures = {} if headline else {
            "cost_min": 40_000 * (at % 7 + 1), "cost_likely": 90_000 * (at % 7 + 1), "cost_max": 250_000 * (at % 7 + 1),
            "delay_likely": f"{at % 4 + 1}",
        }  # fmt: skip
        title = TITLES[at % len(TITLES)]
        values = {
            "key": f"DM-{letter}-{at + 1:03}", "name": title, "state": state,
            "kind": "opportunity" if gain else "threat",
            "headline": headline, "parent": parent, "owner": ("ann", "bob")[at % 2], "entered": "2019-06-01",
            "condition": "two or more senior developers leave one institution within a planning cycle",
            "consequence": "a level-2 milestone slips by up to a cycle and others must learn the work first",
            "wbs": ("w1", "w2")[at % 2 : at % 2 + 1], "products": ("p1",) if at % 4 == 0 else (),
            "retire_by": "2021-03-01", "retire_milestone": "m1" if at % 6 == 1 else "",
            "conclusion": "It happened as foreseen." if state == "realised" else "", **figures,
        }  # fmt: skip
        found.append(row("risk", f"r{at}", **values))
        if headline:
            continue
        low = (at % 5 + 1, at * 3 % 5 + 1)
        for sort, day, likelihood, impact in (
            ("initial", "2019-06-01", low[0], low[1]), ("current", "2019-11-20", *low),
            ("current", LAST, min(5, low[0] + (at % 3 == 0)), max(1, low[1] - (at % 3 == 1))),
            ("target", "", max(1, low[0] - 2), max(1, low[1] - 1)),
        ):  # fmt: skip
            name = f"s{at}-{sort}-{day}"
            found.append(
                row("score", name, risk=f"r{at}", sort=sort, date=day, likelihood=likelihood, overall=impact)
            )
        if state in ("realised", "retired", "deprecated"):
            move = {"date": "2020-01-15", "before": "active", "state": state, "reason": "It came to that."}
            found.append(row("move", f"m{at}", risk=f"r{at}", **move))
    return found


def responses(count: int) -> list[Entity]:
    """A response with two steps for two of three risks, and what is done about the realised ones."""
    found: list[Entity] = []
    for at in range(4, count):
        if at % 3 == 0:
            continue
        of = {"risk": f"r{at}"}
        found.append(
            row("response", f"p{at}", **of, name="Cross-train a second person", strategy="mitigate", state="active",
                owner="ann", summary="Every part is known by two people at two institutions.")
        )  # fmt: skip
        found.append(
            row("action", f"a{at}", **of, response=f"p{at}", name="Name a deputy for every product owner", owner="bob",
                due="2020-03-31", state="in progress", cost=12_000, effect="likelihood 4 to 2", works="80")
        )  # fmt: skip
        found.append(
            row("action", f"b{at}", **of, response=f"p{at}", name="Offer retention terms to key people", owner="ann",
                due="2020-05-31", state="open")
        )  # fmt: skip
    found.append(
        row("action", "c11", risk="r11", name="Hire a contractor for six months", on_realisation=True, owner="bob",
            due="2020-04-30", state="open", cost=80_000)
    )  # fmt: skip
    found.append(
        row(
            "draw",
            "d11",
            risk="r11",
            date="2020-01-20",
            amount=120_000,
            change="LCR-1021",
            note="A contractor.",
        )
    )
    return found


def reviews() -> list[Entity]:
    """Two reviews; of the second an agenda."""
    found = [
        row("review", "v1", key=FIRST, name="Quarterly review", date=FIRST, state="finished", people=("ann",)),
        row("review", "v2", key=LAST, name="Quarterly review", date=LAST, state="finished", people=("ann", "bob"),
            others=("Carol Guest (LSST project office)",), seconds=4_380, expected_before=1_900_000,
            expected_after=1_750_000, p80_before=2_600_000, p80_after=2_420_000,
            note="The register as a whole is in good order."),
    ]  # fmt: skip
    for place, at in enumerate((4, 5, 6, 7, 11, 13), 1):
        skipped = at == 7
        closed = {11: "realised", 13: "retired"}.get(at, "active")
        found.append(
            row("reviewed", f"v2-{at}", review="v2", risk=f"r{at}", place=place,
                subject=f"DM-T-{at + 1:03} {TITLES[at % len(TITLES)]}", state="skipped" if skipped else "reviewed",
                notes="" if skipped else "Deputies are agreed for two teams; look again at the June meeting.",
                decision="" if skipped else {11: "realise", 13: "retire"}.get(at, "act"), state_before="active",
                state_after="" if skipped else closed, likelihood_before=4, likelihood_after=None if skipped else 3,
                impact_before=4, impact_after=None if skipped else 4, score_before="22",
                score_after="" if skipped else "19", exposure_before=300_000,
                exposure_after=None if skipped else 210_000, next_review="" if skipped else "2020-06-01", seconds=240)
        )  # fmt: skip
    return found


def register(count: int = 25, *more: Entity, **words: object) -> PlanData:
    """A baselined plan with so many risks."""
    facts = {
        "title": "A plan", "handle": "LDM-1", "date": "2020-02-29", "state": "baselined",
        "cost_baseline": 40_000_000, **words,
    }  # fmt: skip
    return PlanData.of(
        [row("plan", "plan", **facts), *parts_around(), *risks(count), *responses(count), *reviews(), *more]
    )
