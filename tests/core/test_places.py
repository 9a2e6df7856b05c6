"""Places: room for new rows among their siblings, and keys that nobody has."""

from hypothesis import given
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk import places
from dmdesk.kinds import kinds
from dmdesk.plan import preview
from dmdesk.reading import PlanData

PRODUCT = kinds()["product"]
RANKS = st.lists(st.sampled_from(["", "0", "010", "020", "5", "01i", "i", "i5", "zz"]), max_size=6)


@given(RANKS, st.integers(1, 12), st.data())
def test_rows_put_into_their_room_stand_there_in_order(ranks: list[str], number: int, draw: st.DataObject):
    data = PlanData.of(PRODUCT.make({"key": f"K{n}", "order": rank}, f"p{n}") for n, rank in enumerate(ranks))
    beside = places.siblings(data, PRODUCT, "")
    at = draw.draw(st.integers(0, len(beside)))
    found, changes = places.room(PRODUCT, beside, at, number)
    new = [PRODUCT.make({"key": f"N{n}", "order": rank}, f"n{n:02d}") for n, rank in enumerate(found)]
    after = preview(data, [*changes, *map(c.add, new)])
    ids = [row.id for row in beside]
    assert [row.id for row in places.siblings(after, PRODUCT, "")] == [
        *ids[:at], *(row.id for row in new), *ids[at:]
    ]  # fmt: skip


def test_room_for_many_rows_takes_short_ranks():
    beside = [PRODUCT.make({"key": "A", "order": "1"}), PRODUCT.make({"key": "B", "order": "2"})]
    found, changes = places.room(PRODUCT, beside, 1, 1000)
    assert changes == []
    assert "1" < min(found) <= max(found) < "2"
    assert max(map(len, found)) < 9


def test_a_key_is_counted_on_past_those_that_are_taken():
    assert places.next_key({"A-1", "A-2"}, "A-1") == "A-3"
    assert places.next_key({"A-1"}, "A") == "A-2"
    assert places.next_key(set(), "1.02C.09") == "1.02C.10"
