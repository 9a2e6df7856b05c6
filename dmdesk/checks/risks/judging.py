"""Checks of how risks are judged: both halves of each score, levels that the scale has, probabilities that fit."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk import types as t
from dmdesk.checks.finding import WARNING, Finding, Fix, check, of
from dmdesk.checks.fixing import CLEAR, setting
from dmdesk.checks.risks.asking import SCALE, asked, scale_stamp, stands_alone
from dmdesk.model import Risk, RiskScore
from dmdesk.model.risks import CURRENT, INITIAL
from dmdesk.reading import PlanData
from dmdesk.risks.book import further, scores_of
from dmdesk.risks.judging import held
from dmdesk.risks.scale import FIRST, OVERALL, Band, Scale, scale_of

_LEVELS = ("likelihood", "overall", "cost", "schedule", "further")


@check("risk.no-score", WARNING, kinds=(*of("risk", "state", "headline"), *of("score", "risk", "sort")))
def no_score(data: PlanData) -> Iterator[Finding]:
    """An active risk, other than a headline, that nobody has judged."""

    def find(row: Risk) -> Iterator[Finding]:
        if stands_alone(row) and not any(_is_own(score) for score in scores_of(data, row.id)):
            yield no_score.at(
                row, "state", "It is active, but was never judged; give it a likelihood and an impact."
            )

    yield from asked(data, "no score", ("state", "headline"), find)


def _is_own(score: RiskScore) -> bool:
    return (score.sort or CURRENT) in (CURRENT, INITIAL)


@check("score.half", WARNING, kinds=of("score", *_LEVELS))
def half(data: PlanData) -> Iterator[Finding]:
    """A score that has a likelihood without any impact, or the other way round; there is no score without both."""

    def find(row: RiskScore) -> Iterator[Finding]:
        grave = any(level is not None for level in (row.overall, row.cost, row.schedule)) or any(
            further(row.further)
        )
        if row.likelihood is not None and not grave:
            yield half.at(row, "overall", "It says how likely, but not how grave; a score needs both.")
        elif row.likelihood is None:
            words = (
                "It says how grave, but not how likely; a score needs both."
                if grave
                else "It says nothing yet."
            )
            yield half.at(row, "likelihood", words)

    yield from asked(data, "half", _LEVELS, find, kind="score")


@check("score.no-level", WARNING, kinds=(*of("score", *_LEVELS), *SCALE))
def no_level(data: PlanData) -> Iterator[Finding]:
    """A level that the scale of the plan does not have, or a line of further impacts that names no dimension of it."""
    scale = scale_of(data)
    likely = [band.level for band in scale.bands]

    def find(row: RiskScore) -> Iterator[Finding]:
        names = {"likelihood": likely, **{name: _levels(scale, name) for name in FIRST}}
        for name, known in names.items():
            level = getattr(row, name)
            if level is not None and known and level not in known:
                nearest = min(known, key=lambda one: abs(one - level))
                fixes = [setting(row, f"Make it {nearest}", "take the nearest", **{name: nearest})]
                words = (
                    f"Level {level} is none of the scale “{scale.name}”, which has {known[0]} to {known[-1]}."
                )
                yield no_level.at(row, name, words, fixes)
        yield from _further(scale, row)

    yield from asked(data, "no level", _LEVELS, find, kind="score", setting=scale_stamp(data))


def _levels(scale: Scale, dimension: str) -> list[int]:
    """The levels of a dimension; where the scale words only the overall impact, those."""
    return [one.level for one in scale.levels.get(dimension) or scale.levels.get(OVERALL, ())]


def _further(scale: Scale, row: RiskScore) -> Iterator[Finding]:
    for line in row.further:
        for name, level in further([line]):
            if name in scale.levels and level in _levels(scale, name):
                break
        else:
            kept = tuple(one for one in row.further if one != line)
            fixes = [setting(row, f"Remove “{line}”", CLEAR, further=kept)]
            words = f"“{line}” names no dimension and level of the scale “{scale.name}”."
            yield no_level.at(row, "further", words, fixes)


_PROBABLE = (*of("risk", "probability"), *of("score", "risk", "sort", "date", "likelihood"), *SCALE)


@check("risk.probability-outside", WARNING, kinds=(*of("risk", "probability"), *SCALE))
def probability_outside(data: PlanData) -> Iterator[Finding]:
    """A probability outside all likelihood bands of the scale; in sums it is put into the nearest band."""
    scale = scale_of(data)

    def find(row: Risk) -> Iterator[Finding]:
        typed = t.amount(row.probability)
        put = scale.clamped(typed) if typed is not None else None
        if typed is None or put is None or not put[1]:
            return
        edge = scale.bands[0].least if typed < scale.bands[0].least else scale.bands[-1].most
        words = f"{typed:g} % lies outside the bands of the scale “{scale.name}”; it counts as {edge:g} %."
        fixes = [
            setting(row, f"Make it {edge:g} %", "take the edge", probability=f"{edge:g}"),
            _left_out(row),
        ]
        yield probability_outside.at(row, "probability", words, fixes)

    yield from asked(data, "outside the bands", ("probability",), find, setting=scale_stamp(data))


def _left_out(row: Risk) -> Fix:
    return setting(row, "Leave it to the likelihood", CLEAR, probability="")


@check("risk.probability-band", WARNING, kinds=_PROBABLE)
def probability_band(data: PlanData) -> Iterator[Finding]:
    """A probability that lies in another likelihood band than the one the risk is judged to be in."""
    scale = scale_of(data)

    def find(row: Risk) -> Iterator[Finding]:
        typed = t.amount(row.probability)
        own = None if typed is None else held(data, row.id, CURRENT) or held(data, row.id, INITIAL)
        said = scale.band(own.likelihood) if own else None
        put = scale.clamped(typed) if typed is not None else None
        if (
            typed is None
            or own is None
            or said is None
            or put is None
            or _fits(typed, said)
            or put[0] == said
        ):
            return
        words = f"{typed:g} % lies in {_named(put[0])}, but it is judged to be {_named(said)}."
        title = f"Judge it {put[0].level} · {put[0].name}"
        fixes = [setting(own, title, "judge it so", likelihood=put[0].level), _left_out(row)]
        yield probability_band.at(row, "probability", words, fixes)

    yield from asked(data, "band", ("probability",), find, setting=scale_stamp(data))


def _fits(typed: float, band: Band) -> bool:
    return band.least <= typed <= band.most


def _named(band: Band) -> str:
    return f"“{band.words}”"
