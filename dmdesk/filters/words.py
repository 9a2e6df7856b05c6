"""Words: how people may write the fields and choices of a kind, and the form in which texts are compared.

All short forms follow from the names and labels of the kinds, so a new field can be asked for at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from dmdesk.kinds import Field, Kind

_SHORTEST = 3
"""Letters of a word of a label that may stand for the whole label."""


def fold(text: str) -> str:
    """The text without case, accents and line breaks: “Jurić” as “juric”."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in apart if not unicodedata.combining(char)).casefold()
    return " ".join(text.lower().split())


def spoken(field: Field) -> str:
    """The name to offer for a field: in the singular where its label is, as in “manager” for ``managers``."""
    single = _singular(field.name)
    return single if single in re.findall(r"\w+", fold(field.label)) else field.name


@lru_cache(maxsize=100)
def aliases(kind: Kind) -> dict[str, str]:
    """Every way to write a field of the kind → its name: names, labels, their words, singular and plural."""
    found: dict[str, str] = {}
    labels = {field.name: fold(field.label).replace(",", "") for field in kind.fields}
    ways: list[tuple[str, str]] = [(field.name, field.name) for field in kind.fields]
    ways += [(words.replace(" ", joint), name) for name, words in labels.items() for joint in "- "]
    ways += [(number, name) for way, name in ways for number in (_singular(way), _plural(way))]
    for name, words in labels.items():
        parts = [part for part in words.split() if len(part) >= _SHORTEST]
        ways += [(way, name) for part in reversed(parts) for way in (part, _singular(part), _plural(part))]
    ways += [("title", kind.title), ("name", kind.title), ("code", kind.key), ("key", kind.key)]
    for way, name in ways:
        if name:
            found.setdefault(way.replace(" ", "").replace("_", "-"), name)
    return found


def fields_named(kind: Kind, words: str) -> list[str]:
    """The names of the fields that the words may mean: one when they are known or begin the names of one only."""
    known, words = aliases(kind), fold(words).replace("_", "-")
    if words in known:
        return [known[words]]
    return list(dict.fromkeys(name for way, name in known.items() if way.startswith(words)))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "bs", "us")) else word


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "s"


def options_meant(options: Iterable[str], words: str) -> frozenset[str]:
    """The options that the words mean: the option itself, those they begin, or those they abbreviate (SW: software)."""
    options, words = list(options), fold(words)
    for fits in (_same, _begins, _abbreviates, _within):
        found = frozenset(option for option in options if fits(fold(option), words))
        if found:
            return found
    return frozenset()


def _same(option: str, words: str) -> bool:
    return option == words


def _begins(option: str, words: str) -> bool:
    return option.startswith(words)


def _abbreviates(option: str, words: str) -> bool:
    """Whether the letters stand in the option in this order, the first one first: SW, HW, NW for not written."""
    letters = iter(option)
    return option[:1] == words[:1] and all(letter in letters for letter in words)


def _within(option: str, words: str) -> bool:
    return words in option
