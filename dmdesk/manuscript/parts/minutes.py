"""The minutes of a risk review: who was there, what it changed on the whole, and what was said of each risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dmdesk import types as t
from dmdesk.manuscript import prose
from dmdesk.manuscript.blocks import Begin, Block, Facts, Grid, Inline, Inlines, Items, Paragraph, Run
from dmdesk.manuscript.parts import part, register
from dmdesk.manuscript.parts.risktables import table
from dmdesk.manuscript.words import blank, joined, linked, only
from dmdesk.model import Reviewed, Risk, RiskAction, RiskReview
from dmdesk.risks import money
from dmdesk.risks.scale import scale_of
from dmdesk.risks.since import GROUPS, Became, Standing, agenda, before, day_of, since

if TYPE_CHECKING:
    from dmdesk.kinds import Entity
    from dmdesk.reading import PlanData

GROUP_WORDS = {
    "new": "New", "raised": "Raised", "lowered": "Lowered", "retired": "Retired", "realised": "Realised",
    "deprecated": "Deprecated", "otherwise": "Moved otherwise", "gone": "No longer in the plan",
}  # fmt: skip
PASSED = {"skipped": "Passed over", "waiting": "Not reached", "": "Not reached"}


@part("review", "Minutes", "The minutes of a risk review, by its key: what it changed, and what was said of each risk.",
      about="review", single=True)  # fmt: skip
def minutes(data: PlanData, row: Entity | None) -> Iterator[Block]:
    """One review."""
    review = only(row, RiskReview)
    rows = agenda(data, review)
    done = [one for one in rows if one.state == "reviewed"]
    yield Begin("review", review.id)
    yield Facts(tuple((label, words) for label, words in _facts(data, review, rows) if words))
    yield from prose.blocks(review.note)
    yield from _on_the_whole(data, review)
    yield from _since(data, review)
    for at, one in enumerate(done, 1):
        yield from _entry(data, review, one, at)
    for state in ("skipped", "waiting"):
        missed = [one for one in rows if PASSED.get(one.state) == PASSED[state] and one not in done]
        if missed:
            yield _label(PASSED[state])
            yield Items(tuple((Paragraph(_subject(data, one)),) for one in missed))
    yield from _actions(data, review, done)


def _facts(data: PlanData, review: RiskReview, rows: Sequence[Reviewed]) -> Iterator[tuple[str, Inlines]]:
    states = [one.state for one in rows]
    yield "Review", joined(blank(review.name))
    yield "Held on", (Run(day_of(review)), *([Run(" (still running)")] if review.state == "running" else []))
    yield "Lasted", joined(blank(lasted(review.seconds)))
    yield (
        "Present",
        joined([*linked(data, "person", review.people), *((Run(name),) for name in review.others)]),
    )
    yield "Risks chosen", joined(blank(review.scope)) or (Run("all that were open"),)
    told = [f"{states.count('reviewed'):,} of {len(rows):,} reviewed"]
    told += [f"{states.count('skipped'):,} passed over"] * ("skipped" in states)
    yield "Agenda", (Run(", ".join(told)),)


def lasted(seconds: int | None) -> str:
    """A length of time in hours and minutes."""
    if seconds is None:
        return ""
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"])


def _on_the_whole(data: PlanData, review: RiskReview) -> Iterator[Block]:
    lines = [
        ("Expected: Σ P×I", review.expected_before, review.expected_after),
        ("Contingency at 80 % confidence: P80", review.p80_before, review.p80_after),
    ]
    kept = [line for line in lines if line[1] is not None or line[2] is not None]
    if kept:
        heads = ("", "Before", "After", "Change")
        yield Grid(
            tuple((Run(head, strong=True),) for head in heads),
            tuple(
                ((Run(name),), _money(data, old), _money(data, new, strong=True), _difference(data, old, new))
                for name, old, new in kept
            ),
            ("left", "right", "right", "right"),
            (Run("What the review changed on the whole"),),
            (3.6, 1.6, 1.6, 1.8),
        )


def _money(data: PlanData, amount: int | None, *, strong: bool = False) -> Inlines:
    return (Run("–" if amount is None else money.words(data, amount), strong=strong),)


def _difference(data: PlanData, old: int | None, new: int | None) -> Inlines:
    if old is None or new is None:
        return ()
    sign = "+" if new > old else "±" if new == old else ""
    percent = 100 * (new - old) / old if old else 0.0
    share = f" ({percent:+.{0 if abs(percent) >= 1 else 1}f} %)".replace("-", "−") if old else ""
    return (Run(f"{sign}{money.words(data, new - old)}{share}"),)


# -- since the last review


def _since(data: PlanData, review: RiskReview) -> Iterator[Block]:
    earlier = before(data, review)
    found = since(data, earlier, review)
    title = f"Since the review of {found.since}" if earlier else "Since the register was begun"
    lines = [(group, one) for group in GROUPS for one in found.of(group)]
    rest = f"{found.unchanged:,} open risk{'s'[: found.unchanged != 1]} stand{'s'[: found.unchanged == 1]} as before."
    if not lines:
        yield _label(title)
        yield Paragraph((Run(f"Nothing became of any risk; {rest}"),))
        return
    firsts = {group: next(one for of, one in lines if of == group) for group, _ in lines}
    yield table(
        f"{title}: {', '.join(f'{count:,} {GROUP_WORDS[name].lower()}' for name, count in found.counts)}",
        lines,
        (
            ("What", 1.6, "left", lambda line: _once(GROUP_WORDS[line[0]], line[1] is firsts[line[0]])),
            ("Risk", 3.3, "left", lambda line: _became(data, line[1])),
            ("Before and now", 2.4, "left", lambda line: (Run(_moved(data, line[1])),)),
            ("On", 1.5, "left", lambda line: joined(blank(line[1].date))),
            ("Why", 2.4, "left", lambda line: prose.inline(" ".join(line[1].reason.split()))),
        ),
    )
    yield Paragraph((Run(rest, emphasis=True),))


def _once(words: str, first: bool) -> Inlines:
    return (Run(words, strong=True),) if first else ()


def _became(data: PlanData, one: Became) -> Inlines:
    row = data.get("risk", one.risk)
    return register.called(row) if isinstance(row, Risk) else (Run(one.subject),)


def _moved(data: PlanData, one: Became) -> str:
    """From what to what: scores where these changed, else states."""
    old, new = one.before, one.after
    if one.group in ("raised", "lowered") and old and new:
        return f"{_score(data, old)}\nnow {_score(data, new)}"
    if one.group == "new" and new:
        return _score(data, new)
    return " → ".join(each.state or "candidate" for each in (old, new) if each)


def _score(data: PlanData, one: Standing) -> str:
    if one.likelihood is None and one.impact is None and one.score is None:
        return "not scored"
    return register.said(one.likelihood, one.impact, one.score, scale_of(data).zone(one.score))


# -- each risk


def _entry(data: PlanData, review: RiskReview, one: Reviewed, at: int) -> Iterator[Block]:
    row = data.get("risk", one.risk)
    yield Paragraph((Run(f"{at}. ", strong=True), *_subject(data, one, strong=True)), label=True)
    facts = [("Statement", register.statement(data, row))] if isinstance(row, Risk) else []
    facts += _judged(data, one)
    facts += [("Action", _action(data, each)) for each in _open_at(data, review, one)]
    facts.append(("Next review", joined(blank(one.next_review))))
    yield Facts(tuple((label, words) for label, words in facts if words))


def _judged(data: PlanData, one: Reviewed) -> Iterator[tuple[str, Inlines]]:
    scale = scale_of(data)
    old, new = (
        register.said(likelihood, impact, score, scale.zone(score))
        if likelihood is not None or impact is not None or score is not None
        else ""
        for likelihood, impact, score in (
            (one.likelihood_before, one.impact_before, t.amount(one.score_before)),
            (one.likelihood_after, one.impact_after, t.amount(one.score_after)),
        )
    )
    yield "Score", _change(old, new)
    costs = (one.exposure_before, one.exposure_after)
    yield "Exposure", _change(*("" if cost is None else money.words(data, cost) for cost in costs))
    yield "State", _change(one.state_before, one.state_after)
    lines = [prose.inline(" ".join(text.split())) for text in one.notes.split("\n\n") if text.strip()]
    words: list[Inline] = []
    for line in lines:
        words += [Run("\n")] * bool(words) + [*line]
    yield "Notes", tuple(words)
    yield "Decision", (Run(one.decision, strong=True),) if one.decision else ()


def _change(old: str, new: str) -> Inlines:
    """Old and new, or that it stayed as it was."""
    if not old and not new:
        return ()
    if old == new or not new:
        return (Run(old or new), Run(" (unchanged)", emphasis=True))
    return (Run(f"{old or 'nothing'}, now "), Run(new, strong=True))


def _subject(data: PlanData, one: Reviewed, *, strong: bool = False) -> Inlines:
    """The risk as it was called on that day, leading to it while it is there."""
    row = data.get("risk", one.risk)
    return (Run(one.subject, strong=strong, row=("risk", row.id) if row else None),)


# -- actions


def _open_at(data: PlanData, review: RiskReview, one: Reviewed) -> list[RiskAction]:
    """The actions about a risk that were not done before the day of the review, nor dropped."""
    day = day_of(review)
    return [
        each
        for each in (register.actions_of(data, one.risk) if one.risk else ())
        if each.state != "dropped" and (each.state != "done" or each.done >= day)
    ]


def _action(data: PlanData, one: RiskAction) -> Inlines:
    who = linked(data, "person", [one.owner]) or [(Run("nobody named", emphasis=True),)]
    due = [(Run(f"due {one.due}"),)] if one.due else [(Run("no day set", emphasis=True),)]
    return (Run(f"{one.name} – "), *joined([*who, *due, *blank(one.state)]))


def _actions(data: PlanData, review: RiskReview, rows: Sequence[Reviewed]) -> Iterator[Block]:
    """All actions of the risks that were talked about, the next due first."""
    lines = [(one, each) for one in rows for each in _open_at(data, review, one)]
    lines.sort(key=lambda line: (line[1].due or "9999", line[0].place or 0, line[1].order, line[1].id))
    if not lines:
        yield _label("Actions")
        yield Paragraph((Run("No actions have been agreed.", emphasis=True),))
        return
    yield table(
        "All actions, the next due first",
        lines,
        (
            ("Due", 1.2, "left", lambda line: joined(blank(line[1].due))),
            ("Who", 1.9, "left", lambda line: joined(linked(data, "person", [line[1].owner]))),
            ("Action", 3.9, "left", lambda line: (Run(line[1].name),)),
            ("Risk", 1.3, "left", lambda line: _risk(data, line[0])),
            ("State", 1.2, "left", lambda line: (Run(register.state_of(line[1])),)),
        ),
    )


def _risk(data: PlanData, one: Reviewed) -> Inlines:
    row = data.get("risk", one.risk)
    return register.ident(row) if isinstance(row, Risk) else (Run(one.subject),)


def _label(words: str) -> Paragraph:
    return Paragraph((Run(words, strong=True),), label=True)
