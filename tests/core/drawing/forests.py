"""Plans with random product trees: wide, deep, with several roots, long names and names of any characters."""

from __future__ import annotations

from hypothesis import strategies as st

from dmdesk.drawing.tree import FITS, PAPERS, SHAPES, Options
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core.rows import any_text

PRODUCT = kinds()["product"]
LONG = st.sampled_from(
    [
        "Image processing and its words",
        "W" * 90,
        "a_name_without_any_space/at/all",
        "שלום עולם " * 9,
        "工" * 50,
    ]
)
names = st.sampled_from(["Alerts", "Data Backbone", ""]) | LONG | any_text


@st.composite
def plans(draw: st.DrawFn, most: int = 70) -> PlanData:
    """A plan with a random product tree; how far back parents may lie decides between deep and wide trees."""
    count = draw(st.integers(1, most))
    reach = draw(st.sampled_from([1, 2, 5, 1000]))
    rows = []
    for at in range(count):
        first = at == 0 or draw(st.integers(0, 25)) == 0
        parent = "" if first else f"id{draw(st.integers(max(0, at - reach), at - 1))}"
        more = {}
        if draw(st.integers(0, 2)) == 0:
            codes = draw(st.lists(st.sampled_from(["1.02C.06", "1.02C.06.01.02.03 and words"]), max_size=3))
            more = {
                "wbs": [f"?{code}" for code in codes],
                "repositories": draw(st.lists(names, max_size=6)),
                "managers": [f"?{draw(st.sampled_from('ABCDEFG'))}"],
            }
        rows.append(PRODUCT.make({"key": f"K{at}", "name": draw(names), "parent": parent, **more}, f"id{at}"))
    return PlanData.of(rows)


flags = st.booleans()
options = st.builds(
    Options,
    below=st.just(""),
    shape=st.sampled_from(SHAPES),
    depth=st.none() | st.integers(0, 6),
    paper=st.sampled_from([FITS, *PAPERS]),
    landscape=flags,
    pages=st.sampled_from([0, 0, 1, 5]),
    wbs=flags,
    repositories=flags,
    managers=flags,
)


def tree(*parents: int | None) -> PlanData:
    """A plan whose products ``id0``, ``id1`` … hang below those of the given numbers."""
    return PlanData.of(
        PRODUCT.make(
            {"key": f"K{at}", "name": f"Product {at}", "parent": "" if above is None else f"id{above}"}, f"id{at}"
        )
        for at, above in enumerate(parents)
    )  # fmt: skip
