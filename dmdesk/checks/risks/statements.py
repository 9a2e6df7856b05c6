"""Checks of what a risk says: a statement with an IF and a THEN instead of a label, and somebody who answers for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dmdesk.checks.finding import NOTE, WARNING, Finding, Fix, check, of
from dmdesk.checks.fixing import setting
from dmdesk.checks.risks.asking import asked, parts
from dmdesk.keeping import Replaced
from dmdesk.model import Risk
from dmdesk.model.risks import OPPORTUNITY
from dmdesk.reading import PlanData
from dmdesk.risks.book import is_open

FEWEST_WORDS = 3
"""A statement has at least so many; a label mostly has fewer."""

MANY = 5
"""Open threats from which on a register without any opportunity is worth a note."""

_SPLIT = re.compile(r"(?:if\s+)?(.+?)[,;]?\s+then\s+(.+)", re.IGNORECASE | re.DOTALL)


@check("risk.statement", WARNING, kinds=of("risk", "state", "headline", "condition", "consequence"))
def no_statement(data: PlanData) -> Iterator[Finding]:
    """An open risk, other than a headline, that does not say IF what happens, or THEN what follows."""

    def find(row: Risk) -> Iterator[Finding]:
        halves = [name for name in ("condition", "consequence") if not getattr(row, name).strip()]
        if halves and is_open(row) and not row.headline:
            words = {"condition": "IF what happens", "consequence": "THEN what follows"}
            said = " or ".join(words[name] for name in halves)
            fixes = _split(row) if halves == ["consequence"] else []
            yield no_statement.at(row, halves[0], f"It does not say {said}.", fixes)

    yield from asked(data, "statement", ("state", "headline", "condition", "consequence"), find)


def _split(row: Risk) -> list[Fix]:
    match = _SPLIT.fullmatch(row.condition.strip())
    if match is None:
        return []
    values = {"condition": match[1].strip(), "consequence": match[2].strip()}
    return [setting(row, "Move what stands after “then” to “Then”", "split at then", **values)]


@check("risk.label", WARNING, kinds=of("risk", "state", "headline", "condition", "consequence", "name"))
def label(data: PlanData) -> Iterator[Finding]:
    """An open risk whose IF or THEN is a label: a word or two, or the title once more."""
    halves = {"condition": "IF", "consequence": "THEN"}

    def find(row: Risk) -> Iterator[Finding]:
        if not is_open(row) or row.headline:
            return
        for name, half in halves.items():
            text = getattr(row, name).strip()
            if text and _plain(text) == _plain(row.name):
                yield label.at(
                    row, name, f"The {half} is the title once more; say in a sentence what is meant."
                )
            elif text and _is_label(text):
                yield label.at(row, name, f"The {half} “{text}” is a label; say in a sentence what is meant.")

    yield from asked(data, "label", ("state", "headline", "condition", "consequence", "name"), find)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_label(text: str) -> bool:
    """Few words; scripts that put no spaces between theirs are left alone."""
    return len(text.split()) < FEWEST_WORDS and max(text) < "\u2e80"


@check("risk.no-owner", WARNING, kinds=("risk.id", *of("risk", "state", "owner", "parent")))
def no_owner(data: PlanData) -> Iterator[Finding]:
    """An open risk without an owner, a person who answers for it."""

    def near(step: Replaced) -> Iterator[str]:
        if step.kind == "risk":
            yield from parts(data).ids(step.id)

    def find(row: Risk) -> Iterator[Finding]:
        if row.owner or not is_open(row):
            return
        above = data.get("risk", row.parent)
        owner = above.owner if isinstance(above, Risk) else ""
        fixes = (
            [setting(row, "Give it to the owner of its headline", "headline's", owner=owner)] if owner else []
        )
        yield no_owner.at(row, "owner", "Nobody owns this risk; name a person who answers for it.", fixes)

    yield from asked(data, "no owner", ("state", "owner", "parent"), find, near=near)


@check("risk.no-opportunity", NOTE, kinds=of("risk", "kind", "state"))
def no_opportunity(data: PlanData) -> Iterator[Finding]:
    """A register of five open risks or more without a single opportunity, said once, at its first risk."""
    rows = list(data.all(Risk).values())
    if any(row.kind == OPPORTUNITY for row in rows):
        return
    threats = [row for row in rows if is_open(row)]
    if len(threats) >= MANY:
        words = "The register holds threats only; ask as well what might go better than planned."
        yield no_opportunity.at(threats[0], "kind", words)
