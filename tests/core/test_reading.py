"""Reading: words for rows and links, snapshots, and derived values that are made again only when they must."""

from hypothesis import given

from dmdesk import changes as c
from dmdesk.kinds import kinds
from dmdesk.reading import PlanData
from tests.core import rows

PRODUCT, TEAM, MEMBERSHIP = (kinds()[name] for name in ("product", "team", "membership"))


@given(rows.plans())
def test_every_row_has_a_title_and_every_kind_an_order_that_loses_none(data):
    for kind in kinds():
        found = data.in_order(kind.name)
        assert sorted(row.id for row in found) == sorted(data.rows(kind.name))
        assert all(data.title(row) for row in found)


@given(rows.plans())
def test_the_order_does_not_depend_on_the_order_in_which_rows_were_entered(data):
    every = [row for table in rows.state(data).values() for row in table.values()]
    other = PlanData.of(reversed(every))
    for kind in kinds():
        assert other.in_order(kind.name) == data.in_order(kind.name)


@given(rows.plans())
def test_incoming_links_are_all_links_turned_round(data):
    expected = {
        (link, row.id, field.name)
        for kind in kinds()
        for row in data.rows(kind.name).values()
        for field in kind.links
        for link in c.t.links_of(field.type, getattr(row, field.name))
    }
    every = {id for table in rows.state(data).values() for id in table}
    assert {(id, row.id, field) for id in every for row, field in data.incoming(id)} == expected


def test_a_snapshot_does_not_see_what_comes_later(small):
    copy = small.copy()
    small.replace("product", "ap", None)
    small.replace("team", "new", TEAM.make({"key": "N"}, "new"))
    assert copy.get("product", "ap") is not None
    assert copy.get("team", "new") is None


def test_rows_are_asked_for_once_and_only_when_needed():
    asked = []
    data = PlanData(lambda kind: asked.append(kind.name) or {})
    assert data.rows("team") == data.rows("team") == {}
    assert asked == ["team"]
    data.load_all()
    assert sorted(asked) == sorted(kinds().names())


def test_a_derived_value_is_made_again_only_when_its_kinds_change(small):
    made = []

    def ask():
        return small.memo("teams", ("team",), lambda: made.append(1) or len(small.rows("team")))

    assert (ask(), ask(), len(made)) == (1, 1, 1)
    small.replace("product", "ap", None)
    assert (ask(), len(made)) == (1, 1)
    small.replace("team", "t2", TEAM.make({"key": "U"}, "t2"))
    assert (ask(), len(made)) == (2, 2)


def test_a_derived_shape_is_made_again_when_a_key_parent_or_order_changes_and_not_for_other_words(small):
    row = small.get("product", "ap")

    def made_again(values):
        before = small.memo("shape", ("product",), object, shape=True)
        small.replace(
            "product", "ap", c.applied(small.get("product", "ap"), c.put(small.get("product", "ap"), values))
        )
        return small.memo("shape", ("product",), object, shape=True) is not before

    assert row.parent == "dm"
    assert not made_again({"note": "words"})
    assert all(made_again(values) for values in ({"key": "X"}, {"parent": ""}, {"order": "5"}))


def test_a_link_is_told_by_its_targets_title_by_the_words_typed_or_as_it_is(small):
    assert small.link("team", "team") == "The team"
    assert small.link("team", "team", small.key) == "T"
    assert small.link("team", "?to be founded") == "to be founded"
    assert small.link("team", "gone") == "gone"


def test_a_row_that_joins_others_is_known_by_them(small):
    trace = small.get("trace", "trace")
    assert small.title(trace) == "Low → High"
    assert small.key(trace) == "R-2/R-1"
    assert small.find("trace", "R-2/R-1") is trace


def test_a_row_without_a_name_is_known_by_its_key_or_as_unnamed():
    data = PlanData.of([PRODUCT.make({"key": "X"}, "x"), PRODUCT.make({}, "y"), MEMBERSHIP.make({}, "m")])
    assert [data.title(row) for row in data.rows("product").values()] == ["X", "unnamed product"]
    assert data.title(data.get("membership", "m")) == "unnamed membership"


def test_the_key_of_a_join_follows_the_key_of_what_it_joins(small):
    assert small.find("trace", "R-2/R-1")
    r1 = small.get("requirement", "r1")
    small.replace("requirement", "r1", c.applied(r1, c.put(r1, {"key": "R-9"})))
    assert small.find("trace", "R-2/R-1") is None
    assert small.find("trace", "R-2/R-9").id == "trace"


def test_of_equal_keys_the_first_row_is_found():
    data = PlanData.of(PRODUCT.make({"key": "X"}, id) for id in ("one", "two"))
    assert data.find("product", "X").id == "one"


def test_a_reference_names_any_row_by_key_or_by_kind_and_key():
    data = PlanData.of(
        [TEAM.make({"key": "X"}, "t"), PRODUCT.make({"key": "X"}, "p"), PRODUCT.make({"key": "a:b"}, "q")]
    )
    assert data.anywhere("X").id == "p"
    assert data.anywhere("team:X").id == "t"
    assert data.anywhere("a:b").id == "q"
    assert data.anywhere("nothing") is None


def test_counts_name_every_kind(small):
    assert list(small.counts()) == list(kinds().names())
    assert small.counts()["product"] == 3


def test_rows_can_be_read_by_their_class(small):
    assert set(small.all(PRODUCT.cls)) == {"dm", "ap", "drp"}
    assert small.plan() is None
