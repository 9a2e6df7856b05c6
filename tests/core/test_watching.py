"""Watching what is read: it holds until something that was read is otherwise, and not longer."""

import pytest

from dmdesk.kinds import changed, kinds
from dmdesk.reading import PlanData
from dmdesk.risks.book import scored
from dmdesk.watching import Reads, Watched


def row(kind, id, **values):
    return kinds()[kind].make(values, id)


@pytest.fixture
def data():
    return PlanData.of(
        [
            row("person", "ann", key="ann", name="Ann Ito"),
            row("person", "ben", key="ben", name="Ben Okri"),
            row("product", "top", key="TOP", name="Top", managers=("ann",)),
            row("product", "low", key="LOW", name="Low", parent="top"),
            row("section", "one", key="one", title="One", body="Words."),
            row("risk", "r", key="R-1", name="It breaks"),
        ]
    )


def put(kind, id, **values):
    return lambda data: data.replace(kind, id, changed(data.rows(kind)[id], values))


WAYS = {
    "all rows": (lambda d: d.rows("product"), put("product", "low", note="x"), put("person", "ann", name="x")),
    "one row": (lambda d: d.get("product", "low"), put("product", "low", name="x"), put("product", "top", name="x")),
    "no row": (
        lambda d: d.get("product", "new"),
        lambda d: d.replace("product", "new", row("product", "new")),
        put("product", "top", name="x"),
    ),
    "a link": (lambda d: d.link("person", "ann"), put("person", "ann", name="x"), put("person", "ben", name="x")),
    "a key": (lambda d: d.find("product", "LOW"), put("product", "low", key="x"), put("product", "top", name="x")),
    "a key that names nothing": (
        lambda d: d.find("product", "NEW"), put("product", "low", key="NEW"), put("product", "low", name="x"),
    ),
    "a reference": (lambda d: d.anywhere("LOW"), put("product", "low", name="x"), put("section", "one", title="x")),
    "a reference that a kind before takes": (
        lambda d: d.anywhere("ann"), put("product", "low", key="ann"), put("person", "ben", name="x"),
    ),
    "the plan": (
        lambda d: d.plan(), lambda d: d.replace("plan", "p", row("plan", "p")), put("person", "ben", name="x"),
    ),
    "an order": (lambda d: d.in_order("person"), put("person", "ben", name="x"), put("product", "low", name="x")),
    "the shape of a tree": (
        lambda d: d.children_ids("product"), put("product", "low", parent=""), put("product", "low", name="x"),
    ),
    "links to a row": (lambda d: d.incoming("ann"), put("product", "low", managers=("ann",)), None),
    "an index": (
        lambda d: d.index("by name", "product", lambda one: (one.name,)),
        put("product", "low", name="x"),
        put("person", "ben", name="x"),
    ),
    "something remembered by its fields": (
        lambda d: d.memo("names", ("product.name",), lambda: [one.name for one in d.rows("product").values()]),
        put("product", "low", name="x"),
        put("product", "low", note="x"),
    ),
    "something kept that follows some kinds": (
        lambda d: scored(d, "r"), put("risk", "r", name="x"), put("product", "low", name="x"),
    ),
    "a stamp": (lambda d: d.version("product.name"), put("product", "low", name="x"), put("product", "low", note="x")),
    "what was edited lately": (lambda d: d.since(d.mark()), put("product", "low", note="x"), None),
    "how many there are": (
        lambda d: d.counts(), lambda d: d.replace("person", "ben", None), None,
    ),
}  # fmt: skip
"""A way to read, an edit after which it reads otherwise, and one that is nothing to it."""


@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
@pytest.mark.parametrize("way", WAYS)
def test_what_was_read_holds_until_it_is_otherwise(data, way, again):
    read, telling, idle = WAYS[way]
    watched, reads = Watched(data), Reads()
    if again:
        read(watched)
    with watched.noting(reads):
        read(watched)
    assert watched.still(reads)
    if idle is not None:
        idle(data)
        assert watched.still(reads)
    telling(data)
    assert not watched.still(reads)


def test_an_edit_that_is_taken_back_is_an_edit(data):
    watched, reads = Watched(data), Reads()
    with watched.noting(reads):
        watched.rows("person")
    put("person", "ann", name="x")(data)
    put("person", "ann", name="Ann Ito")(data)
    assert not watched.still(reads)


def test_what_is_read_within_is_noted_there_only(data):
    watched, outer, inner = Watched(data), Reads(), Reads()
    with watched.noting(outer):
        watched.get("person", "ann")
        with watched.noting(inner):
            watched.rows("product")
        watched.get("person", "ben")
    put("product", "low", name="x")(data)
    assert watched.still(outer)
    assert not watched.still(inner)
    put("person", "ben", name="x")(data)
    assert not watched.still(outer)


def test_asking_whether_it_holds_reads_nothing(data):
    watched, outer, inner = Watched(data), Reads(), Reads()
    with watched.noting(inner):
        watched.rows("product")
        watched.get("person", "ann")
        watched.anywhere("one")
    with watched.noting(outer):
        assert watched.still(inner)
    put("product", "low", name="x")(data)
    put("person", "ann", name="x")(data)
    put("section", "one", title="x")(data)
    assert watched.still(outer)


def test_further_reading_adds_to_what_was_read(data):
    watched, reads = Watched(data), Reads()
    with watched.noting(reads):
        watched.get("person", "ann")
    more = reads.further()
    with watched.noting(more):
        watched.get("person", "ben")
    put("person", "ben", name="x")(data)
    assert watched.still(reads)
    assert not watched.still(more)
    put("person", "ann", name="x")(data)
    assert not watched.still(reads)
