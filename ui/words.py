"""Words for changes: what a step did, as people say it; the history, previews and imports share them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk.changes import ADD, DROP, SET, Change
from dmdesk.kinds import Field, kinds
from dmdesk.reading import PlanData

SIGNS = {ADD: "added", SET: "changed", DROP: "deleted"}
LONGEST = 120


def tip(words: str, *, lines: bool = False) -> str:
    """Words as a tip, escaped, since Qt takes what looks like markup for markup; ``lines`` are kept as they are."""
    from html import escape

    start = "<p style='white-space:pre-wrap'>" if lines else "<p>"
    return f"{start}{escape(words)}</p>" if words else ""


def subject(data: PlanData, change: Change) -> str:
    """The row that a change is about: its title now or, when it is gone, the one it had."""
    kind = kinds()[change.kind]
    row = data.get(change.kind, change.id)
    if row is None:
        side = 0 if change.op == DROP else 1
        row = kind.make({name: pair[side] for name, pair in change.fields.items()}, change.id)
    return f"{kind.label} “{data.title(row)}”"


def shown(data: PlanData, field: Field, value: Any) -> str:
    """A value in one short line, with titles for links; "—" for nothing."""
    if value == field.type.empty:
        return "—"
    if field.target:
        links = value if isinstance(value, tuple) else (value,)
        text = ", ".join(data.link(field.target, link) for link in links)
    else:
        text = field.type.show(value)
    return short(text)


def short(text: str, longest: int = LONGEST) -> str:
    """The text in one line of limited length."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def differing(old: str, new: str) -> tuple[str, str]:
    """Two long texts, each cut to where they begin to differ, in short lines."""
    old, new = " ".join(old.split()), " ".join(new.split())
    same = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = old.rfind(" ", 0, max(same - 20, 0)) + 1 if max(len(old), len(new)) > LONGEST else 0
    lead = "…" if start else ""
    return short(lead + old[start:]) or "—", short(lead + new[start:]) or "—"


def described(data: PlanData, changes: Iterable[Change]) -> list[str]:
    """A line for each change; a changed row has a line for each field."""
    found = []
    for change in changes:
        about = subject(data, change)
        if change.op != SET:
            found.append(f"{about} {SIGNS[change.op]}")
            continue
        kind = kinds()[change.kind]
        for name, (old, new) in change.fields.items():
            field = kind[name]
            found.append(f"{about}: {field.label}: {shown(data, field, old)} → {shown(data, field, new)}")
    return found
