"""Risks: new ones with the next id, scores by the words of the scale, moves with their reasons, and copies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dmdesk.changes import add
from dmdesk.kinds import Entity, kind_of, kinds
from ui.actions import action, writable
from ui.context import NAME_IT, Context
from ui.models import moves


def _risks(ctx: Context) -> list[Any]:
    """The selected risks, or the current one, wherever it is shown."""
    rows = [row for row in ctx.rows() if kind_of(row).name == "risk"]
    row = ctx.row()
    return rows if row in rows else [row] if row is not None and kind_of(row).name == "risk" else []


def _on_risk(ctx: Context) -> bool:
    return ctx.writable and bool(_risks(ctx))


def _on_one(ctx: Context) -> bool:
    return ctx.writable and len(_risks(ctx)) == 1


def _named(ctx: Context, start: str, end: str, rows: Iterable[Entity]) -> str:
    rows = list(rows)
    key = ctx.data.key(rows[0]) or moves.short(ctx.data.title(rows[0]), 30) if len(rows) == 1 else ""
    return (
        f"{start} {key}{end}"
        if key
        else f"{start} {len(rows):,} risks{end}"
        if rows
        else f"{start} risk{end}"
    )


@action("risk.new-threat", "New threat", icon="risk", menu="Risks", part="new", when=writable)
def new_threat(ctx: Context) -> None:
    """Add a candidate threat, entered today, with the next id of the plan's pattern."""
    _new(ctx, "threat")


@action("risk.new-opportunity", "New opportunity", icon="risk", menu="Risks", part="new", when=writable)
def new_opportunity(ctx: Context) -> None:
    """Add a candidate opportunity, entered today, with the next id of the plan's pattern."""
    _new(ctx, "opportunity")


def _new(ctx: Context, sort: str) -> None:
    from dmdesk.risks.making import starting

    row = kinds()["risk"].make({**starting(ctx.data, sort), "name": f"New {sort}"})
    if ctx.step(f"Add {sort}", [add(row)]):
        ctx.show("risk", row.id)
        ctx.wanted.emit(NAME_IT)


@action(
    "risk.clone", "Clone risk", icon="duplicate", menu="Risks", part="new", when=_on_one,
    words=lambda ctx: _named(ctx, "Clone", "", _risks(ctx)),
)  # fmt: skip
def clone(ctx: Context) -> None:
    """Copy the current risk as a new candidate, with its responses and with its present score as the initial one."""
    from dmdesk.risks.making import cloned

    (risk,) = _risks(ctx)
    row, changes = cloned(ctx.data, risk)
    if ctx.step(f"Clone {moves.short(ctx.data.title(risk))}", changes):
        ctx.show("risk", row.id)
        ctx.wanted.emit(NAME_IT)


@action(
    "risk.score", "Score…", key="Ctrl+Alt+S", icon="chart", menu="Risks", part="judge", when=_on_one,
    words=lambda ctx: _named(ctx, "Score", "…", _risks(ctx)),
)  # fmt: skip
def score(ctx: Context) -> None:
    """Judge the current risk by the words of the scale: at first, now, and what its responses aim at."""
    from ui.risks.scoring import ask

    ask(ctx, _risks(ctx)[0])


@action(
    "risk.move", "Move to…", key="Ctrl+Alt+M", icon="trace", menu="Risks", part="judge", when=_on_risk,
    words=lambda ctx: _named(ctx, "Move", " to…", _risks(ctx)),
)  # fmt: skip
def move(ctx: Context) -> None:
    """Bring the selected risks to another state that they may move to, and keep the day and the reason."""
    from ui.risks.moving import ask

    ask(ctx, _risks(ctx))


def _would_raise(ctx: Context) -> bool:
    if not ctx.writable or not (risks := _risks(ctx)):
        return False
    from dmdesk.risks.bubbling import raised_by

    return any(raised_by(ctx.data, risk) for risk in risks)


@action(
    "risk.bubble", "Bubble up to its headline", icon="move-up", menu="Risks", part="judge", when=_would_raise,
    words=lambda ctx: _named(ctx, "Bubble up", "", _risks(ctx)),
)  # fmt: skip
def bubble(ctx: Context) -> None:
    """Put the selected risks below the headlines that they would raise, in one step."""
    from dmdesk.risks.bubbling import bubbled

    risks = _risks(ctx)
    ctx.step(_named(ctx, "Bubble up", "", risks), bubbled(ctx.data, risks))


def _without_scale(ctx: Context) -> bool:
    return ctx.writable and not ctx.data.rows("scale")


@action(
    "risk.usual", "Add a scale and the usual categories…", icon="matrix", menu="Risks", part="scale",
    when=_without_scale,
)  # fmt: skip
def usual(ctx: Context) -> None:
    """Choose one of the ready scales for this plan, and add the usual risk categories with it."""
    from dmdesk.risks.ready import READY, adopted, categories

    scales = list(READY.values())
    lines = [f"{one.name}: {one.height} × {one.width} ({one.source})" for one in scales]
    words = "Risks are judged by a scale. It can be changed later, and so can the categories."
    place = ctx.ask.choose("Choose a scale", words, lines, "Add")
    if place is not None:
        scale = scales[place]
        ctx.step(
            f"Add scale {scale.name} and risk categories",
            [*adopted(ctx.data, scale.key), *categories(ctx.data)],
        )
