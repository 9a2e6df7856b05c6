"""Words about baselines, the same in the table, the details and the sheets."""

from __future__ import annotations

from dmdesk.reading import PlanData
from dmdesk.store import DONE, Baseline
from ui.context import Context
from ui.times import local
from ui.views.summaries import counted

SHORT = 8
"""Signs of a SHA-256 that tell two of them apart at a glance."""


def short(sha256: str) -> str:
    """The begin of a SHA-256."""
    return f"{sha256[:SHORT]}…" if sha256 else ""


def sealed_when(one: Baseline) -> str:
    """When a baseline was sealed, in the time of the place."""
    try:
        return f"{local(one.at):%Y-%m-%d %H:%M}"
    except ValueError:
        return one.at


def exported_when(one: Baseline) -> str:
    """Whether the PDF has left the plan, in a word or two."""
    return one.exported[:10] if one.exported else "not yet" if one.pdf else "not printed"


def approval(data: PlanData, one: Baseline) -> str:
    """What approved a release, by the words of the day."""
    return one.rfc_words or (data.link("rfc", one.rfc) if one.rfc else "")


def approval_key(one: Baseline) -> str:
    """The same in one word where its first word is a key such as RFC-358."""
    first = one.rfc_words.split(" ", 1)[0] if one.rfc_words else ""
    return first if any(sign.isdigit() for sign in first) else one.rfc_words


def steps_since(ctx: Context, one: Baseline) -> int:
    """How many steps that stand were made after a baseline."""
    outline = ctx.plan.past.outline() if ctx.plan else ()
    return sum(id > one.step and state == DONE for id, _, state in outline)


def draft(ctx: Context, since: tuple[int, int, int] | None) -> str:
    """What the working plan is: “12 items changed in 5 steps since 3.0”."""
    known = ctx.baselines()
    if not known:
        return "nothing was sealed yet"
    steps, last = steps_since(ctx, known[-1]), known[-1].version
    if not steps:
        return f"nothing was changed since {last}"
    made = counted(steps, "step", "steps")
    if since is None:
        return f"{made} since {last}"
    items = sum(since)
    if not items:
        return f"{made} since {last}, which leave all as it was"
    return f"{counted(items, 'item', 'items')} changed in {made} since {last}"
