"""Scales of any shape that have no grave fault, and registers judged by them, for laws."""

from hypothesis import strategies as st

from dmdesk.model.scales import PATTERNS, PRODUCT, TABLE
from dmdesk.risks.scale import Band, Level, Scale, Zone
from tests.core.risks.register import risk, row

WORDS = st.text("abcxyz äß&<>", min_size=1, max_size=8).map(str.strip).filter(bool)
LEVEL = st.integers(-1, 12)


def rising(draw, number, most):
    """So many numbers, each above the one before, with up to three decimals."""
    found = draw(st.lists(st.integers(1, most * 1000), min_size=number, max_size=number, unique=True))
    return [one / 1000 for one in sorted(found)]


@st.composite
def scales(draw, key="own", id="own"):
    height, width = draw(st.integers(2, 9)), draw(st.integers(2, 9))
    rule, edges = draw(st.sampled_from((TABLE, PRODUCT))), rising(draw, height + 1, 100)
    bands = tuple(
        Band(at + 1, draw(WORDS), edges[at], edges[at + 1], draw(st.sampled_from((edges[at], edges[at + 1]))))
        for at in range(height)
    )
    names = ["overall", *draw(st.lists(st.sampled_from(("cost", "schedule", "people")), unique=True))]
    levels = {name: _levels(draw, name, width) for name in names}
    score = st.integers(0, 99)
    table = tuple(tuple(draw(score) for _ in range(width)) for _ in range(height)) if rule == TABLE else ()
    starts = rising(draw, draw(st.integers(1, 4)), 50)
    zones = tuple(Zone(f"zone {at}", start, "#00b050", PATTERNS[at], at) for at, start in enumerate(starts))
    return Scale(key, draw(WORDS), draw(WORDS), rule, bands, levels, table, zones, id)


def _levels(draw, name, width):
    limits = rising(draw, width - 1, 90) if name in ("cost", "schedule") and draw(st.booleans()) else []
    unit = "months" if name == "schedule" else draw(st.sampled_from(("% of baseline", "currency")))
    values = rising(draw, width, 1)
    return tuple(
        Level(
            at + 1, draw(WORDS), draw(WORDS), limits[at] if at < len(limits) else None,
            unit if at < len(limits) else "", values[at],
        )
        for at in range(width)
    )  # fmt: skip


@st.composite
def registers(draw):
    """Rows of a few risks with scores of any levels, also of such as no scale has."""
    found = []
    for at in range(draw(st.integers(1, 3))):
        amounts = {
            "cost_likely": draw(st.none() | st.integers(0, 10**8)),
            "delay_likely": str(draw(st.integers(0, 60))),
        }
        found.append(risk(f"r{at}", probability=draw(st.sampled_from(("", "0", "45", "100"))), **amounts))
        for number in range(draw(st.integers(0, 3))):
            sort = draw(st.sampled_from(("initial", "current", "target")))
            values = {name: draw(st.none() | LEVEL) for name in ("likelihood", "overall", "cost", "schedule")}
            lines = draw(
                st.lists(st.sampled_from(("people: 3", "asset: 9", "people : 0", "words")), unique=True)
            )
            of = {"risk": f"r{at}", "sort": sort, "date": f"2017-0{number + 1}-01"}
            found.append(row("score", f"s{at}{number}", **of, **values, further=tuple(lines)))
    return found
