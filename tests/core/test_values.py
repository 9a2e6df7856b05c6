"""Values: made in order or by name, equal when their fields are, never changed."""

import pytest

from dmdesk.values import frozen


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
    ("given", "named"), [((), {}), (("red", 1, 2), {}), (("red",), {"name": "blue"}), (("red",), {"hue": 1})]
)
def test_what_does_not_fit_the_fields_is_refused(given, named):
    with pytest.raises(TypeError, match="Colour is made of name, deep"):
        Colour(*given, **named)
