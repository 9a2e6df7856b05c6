"""Values and records: made in order or by name, equal when their fields are; values are never changed."""

from dataclasses import dataclass

import pytest

from dmdesk.values import field, frozen, record, replace


@frozen
class Colour:
    """A colour."""

    name: str
    deep: int = 3


@frozen
class Other:
    """The same fields."""

    name: str
    deep: int = 3


def test_fields_are_given_in_order_or_by_name_and_defaults_fill_the_rest():
    assert Colour("red") == Colour(name="red") == Colour("red", 3) == Colour("red", deep=3)
    assert Colour("red", 4).deep == 4


def test_values_are_equal_when_their_fields_are_and_of_one_class():
    assert Colour("red") != Colour("blue")
    assert Colour("red") != Other("red")
    assert len({Colour("red"), Colour("red", 3), Colour("blue")}) == 2
    assert repr(Colour("red")) == "Colour(name='red', deep=3)"


def test_values_never_change():
    red = Colour("red")
    with pytest.raises(AttributeError, match="never changed"):
        red.name = "blue"
    with pytest.raises(AttributeError, match="never changed"):
        del red.name
    assert red == Colour("red")


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), (("red", 1, 2), {}), (("red",), {"name": "blue"}), (("red",), {"hue": 1}), ((), {"hue": 1})],
)
def test_what_does_not_fit_the_fields_is_refused(given, named):
    with pytest.raises(TypeError, match="Colour"):
        Colour(*given, **named)


@record
class Heap:
    """Things that lie together."""

    where: str
    above: bool = field(default=False, kw_only=True)
    things: list[str] = field(default_factory=list, kw_only=True)
    seen: int = field(default=0, kw_only=True, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.first = self.things[0] if self.things else ""


@record
class Box(Heap):
    """A heap with a lid, which is shut unless it is said to be open."""

    lid: str = "shut"
    above: bool = field(default=True, kw_only=True)


def test_a_record_is_made_of_its_fields_and_those_of_its_base():
    assert Colour("red", deep=4).deep == 4
    box = Box("here", "open", things=["ring"])
    assert (box.where, box.lid, box.above, box.things, box.first) == (
        "here",
        "open",
        True,
        ["ring"],
        "ring",
    )


def test_what_is_made_for_a_record_is_its_own():
    one, other = Heap("here"), Heap("here")
    one.things.append("ring")
    assert other.things == []


def test_records_are_equal_and_shown_by_the_fields_that_count():
    assert Heap("here", seen=3) == Heap("here")
    assert Heap("here") != Box("here", above=False)
    assert repr(Box("here", seen=3)) == "Box(where='here', above=True, things=[], lid='shut')"
    with pytest.raises(TypeError, match="unhashable"):
        hash(Heap("here"))


def test_a_record_may_change_and_its_copy_may_differ():
    heap = Heap("here", things=["ring"], seen=3)
    heap.where = "there"
    moved = replace(heap, things=["coin"])
    assert (moved.where, moved.seen, moved.first) == ("there", 3, "coin")
    assert heap == Heap("there", things=["ring"])
    assert replace(Colour("red"), deep=5) == Colour("red", 5)


def test_what_does_not_fit_a_record_is_refused():
    for wrong in (
        lambda: Heap(),
        lambda: Heap("here", True),
        lambda: replace(Heap("here"), colour="red"),
    ):
        with pytest.raises(TypeError):
            wrong()
    with pytest.raises(AttributeError, match="never changed"):
        Colour("red").deep = 3


def test_a_data_class_is_replaced_by_the_same_function():
    @dataclass(frozen=True)
    class Point:
        x: int
        y: int = 0

    assert replace(Point(1), y=2) == Point(1, 2)
