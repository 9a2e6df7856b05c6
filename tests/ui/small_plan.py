"""A small plan for tests of models and views: two trees, people, inheritance, unresolved and hostile words."""

from pathlib import Path
from typing import Any

from dmdesk import changes as c
from dmdesk.kinds import Entity, kinds
from dmdesk.plan import Plan
from tests.core.rows import empty_file

HOSTILE = "<b>bold</b> & {{products}} %s \u202eright to left\u202c \U0001f680\nsecond line"
LONG = "long " * 2000


def row(of: str, id: str, /, **values: Any) -> Entity:
    return kinds()[of].make(values, id=id)


def rows() -> list[Entity]:
    """DM (krughoff) > L1 (own manager) > HEADER, ARC; DM > DAC (inherits); a lone product with unresolved words."""
    return [
        row("institution", "iTUC", key="TUC", name="Tucson", lead=True),
        row("institution", "iNCSA", key="NCSA", name="NCSA"),
        row("person", "pKru", key="krughoff", name="Simon Krughoff", institution="iTUC"),
        row("person", "pPlu", key="plutchak", name="Joel Plutchak", institution="iNCSA"),
        row("team", "tLDF", key="LDF", name="LSST Data Facility"),
        row("role", "rPM", key="DMPM", name="Project Manager", order="1"),
        row("appointment", "aPM", role="rPM", person="pKru", capacity="holder"),
        row("wbs", "w2", key="1.02C.02", name="Systems"),
        row("wbs", "w3", key="1.02C.03", name="Level 1", institutions=("iNCSA",)),
        row("wbs", "w10", key="1.02C.03.10", name="Ten", parent="w3"),
        row("wbs", "w9", key="1.02C.03.09", name="Nine", parent="w3", dictionary="Does nine things.\n\nAnd more."),
        row("document", "d1", key="LDM-148", name="DM System Design"),
        row("document", "d2", key="LDM-151", name="Pipelines", parent="d1"),
        row("section", "s1", key="intro", title="Introduction", order="010", body="Some *words* here."),
        row("section", "s2", key="risk", title="Risk", order="020", parent=""),
        row("section", "s21", key="process", title="Process", order="010", parent="s2"),
        row("section", "s3", key="wbs", title="WBS", order="030", appendix=True),
        row("requirement", "q2", key="DMS-REQ-0010", name="Ten", priority="1a"),
        row("requirement", "q1", key="DMS-REQ-0009", name="Nine"),
        row("trace", "t1", requirement="q1", parent="q2"),
        row("milestone", "m1", key="LDM-503-1", name="Science platform", level="2", due="2017-11-30"),
        row("milestone", "m2", key="LDM-503-2", name="HSC", level="2", due="2017-02-01"),
        row("plan", "plan", handle="LDM-294", title="Data Management Organization and Management"),
        row("product", "DM", key="DM", name="Data Management", order="010", wbs=("w2",), managers=("pKru",)),
        row("product", "L1", key="L1", name="Level 1 System", parent="DM", order="010", kind="group", wbs=("w3",)),
        row("product", "HEADER", key="HEADER", name="Header Generator", parent="L1", order="010", kind="software",
            managers=("pPlu",), repositories=("ctrl_iip",), uses=("ARC",)),
        row("product", "ARC", key="ARC", name="Archiver", parent="L1", order="020", kind="hardware"),
        row("product", "DAC", key="DAC", name="Data Access Center", parent="DM", order="020", kind="service"),
        row("product", "ODD", key="ODD", name=HOSTILE.replace("\n", " "), order="020", kind="gadget",
            wbs=("?1.02C.07 (moving)", "w9"), description=HOSTILE + LONG),
    ]  # fmt: skip


def make(folder: Path) -> Plan:
    """The small plan in a file of its own."""
    plan = Plan.open(empty_file(folder / "small.dmplan"))
    plan.step("Fill", [c.add(row) for row in rows()])
    return plan


def large(products: int) -> list[Entity]:
    """A tree of that many products, ten below each, with people, codes and descriptions."""
    people = [row("person", f"p{n}", key=f"p{n}", name=f"Person Number{n}") for n in range(30)]
    elements = [row("wbs", f"w{n}", key=f"1.02C.{n:02d}", name=f"Element {n}") for n in range(40)]
    return [*people, *elements, *(_product(n) for n in range(products))]


def _product(n: int) -> Entity:
    return row(
        "product", f"x{n}", key=f"P{n}", name=f"{('Header', 'Archiver', 'Telemetry', 'Alert')[n % 4]} part {n}",
        parent=f"x{(n - 1) // 10}" if n else "", order=f"{n % 10}5", kind="software" if n % 3 else "group",
        wbs=(f"w{n % 40}",), managers=(f"p{n % 30}",) if n % 4 == 0 else (), repositories=(f"repo_{n}",),
        description=f"What product {n} is there for, in some words that a filter looks through.",
    )  # fmt: skip


class Answers:
    """Stands in for the person: notes what is said and asked, and says yes or no."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.yes = True

    def tell(self, sentence: str, title: str = "") -> None:
        self.told.append(sentence)

    def confirm(self, question: str, yes: str, detail: str = "", no: str = "Cancel") -> bool:
        self.asked.append((question, detail))
        return self.yes
