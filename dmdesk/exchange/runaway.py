"""Runaway: whether a regular expression could search a text for hours, told before it searches.

Python's expressions try every way in which a text can be read, cannot be stopped, and hold up the whole window; so the
expression is read first, and those are refused that can read the same words in too many ways.
"""

from __future__ import annotations

import math
import string
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any

from dmdesk.errors import PlanError
from dmdesk.values import field, record

_reader: Any = import_module("re._parser")
"""Python's own reader of expressions, so that what is judged is what will run."""

MOST_TRIES = 2e8
"""Ways to read a text that are tried in about a second or two."""

SIMPLE = 10
"""A repetition of one sign that ends in one way only is run through so much faster than others are tried."""

MANY = 8
"""A repetition that may vary by so much grows with the text."""

_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")

_SIGNS = ("ANY", "IN", "LITERAL", "NOT_LITERAL")

_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdigit,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda sign: sign.isalnum() or sign == "_",
}

Signs = frozenset[str]
Item = tuple[Any, Any]


@record
class Cost:
    """How the ways to read a text grow: ``times`` a number, and by a ``power`` of its length.

    ``runs``: a repetition is run through for each way to read what stands before it, slower where it is not ``simple``.
    ``across_lines``: the length is that of the whole text, not that of its longest line.
    """

    times: float = 1.0
    power: int = 0
    runs: bool = False
    simple: bool = True
    across_lines: bool = False

    def refuse_long(self, text: str) -> None:
        """Refuse a text in which the expression could search too long.

        Raises:
            PlanError: it could.
        """
        power = 1 + self.power + self.runs
        most = MOST_TRIES * math.factorial(power) * (SIMPLE if self.runs and self.simple else 1)
        if self.times * len(text) ** power <= most or (
            not self.across_lines and self.times * max(map(len, text.split("\n"))) ** power <= most
        ):
            return
        raise PlanError(
            f"This regular expression could search for hours in a text of {len(text):,} characters; "
            "use fewer of *, + and {…}, or signs that cannot stand for the same, such as [^,]* before a comma."
        )


def cost(signs: str, flags: int) -> Cost:
    """What searching for a regular expression may cost.

    Raises:
        PlanError: it could search for hours even in a short text.
    """
    tree = _reader.parse(signs, flags)
    look = _Look(_alphabet(tree), bool(tree.state.flags & _reader.SRE_FLAG_IGNORECASE), tree.state.flags)
    look.sequence(_without_end(list(tree)), frozenset(), None)
    if look.cost.times > MOST_TRIES:
        raise _too_many_ways()
    return look.cost


def _without_end(items: list[Item]) -> list[Item]:
    """The items without a repetition of a sign at the very end: it fits anyhow, so nothing before it is tried again."""
    if not items:
        return items
    name, held = str(items[-1][0]), items[-1][1]
    if name in _REPEATS and len(held[2]) == 1 and str(held[2][0][0]) in _SIGNS and held[0] < 2:
        return [*items[:-1], *list(held[2])[: held[0]]]
    return items


def _too_many_ways() -> PlanError:
    return PlanError(
        "This regular expression could search for hours, because it repeats a part that can stand for the same words "
        "in several ways, as (a+)+ does; repeat it only once, as in a+."
    )


def _alphabet(tree: Iterable[Item]) -> Signs:
    """Signs that stand for all others: the usual ones, and those that the expression names."""
    return frozenset(string.printable + "é½") | {chr(code) for code in _codes(tree) if 0 <= code < 0x110000}


def _codes(node: Any) -> Iterable[int]:
    """All numbers in the tree: those of signs, and some others, which do no harm."""
    if isinstance(node, int):
        yield int(node)
    elif isinstance(node, (tuple, list)) or hasattr(node, "data"):
        for part in node:
            yield from _codes(part)


@record
class _Look:
    """A look through an expression; ``cost`` grows with what is found."""

    alphabet: Signs
    any_case: bool
    flags: int
    cost: Cost = field(default_factory=Cost)
    tight: bool = False
    simple: bool = True

    def sequence(self, items: Sequence[Item], follow: Signs, again: Signs | None) -> None:
        """Look at items that stand one after the other.

        ``follow``: what may come after them. ``again``: within a repetition what may come after them if it goes on,
        else None.
        """
        for item in reversed(items):
            self.item(item, follow, again)
            first, empty = self.first([item])
            follow = first | (follow if empty else frozenset())
            if again is not None:
                again = first | (again if empty else frozenset())

    def item(self, item: Item, follow: Signs, again: Signs | None) -> None:
        """Look at one item, and at what stands in it."""
        name, held = str(item[0]), item[1]
        if name in _REPEATS:
            self.repeat(name, held, follow, again)
        elif name == "SUBPATTERN":
            self.sequence(list(held[3]), follow, again)
        elif name == "ATOMIC_GROUP":
            self.sequence(list(held), frozenset(), None)
        elif name in ("ASSERT", "ASSERT_NOT"):
            self.sequence(list(held[1]), frozenset(), None)
        elif name in ("BRANCH", "GROUPREF_EXISTS"):
            parts = [list(part) for part in (held[1] if name == "BRANCH" else held[1:]) if part is not None]
            self.choice(parts, again)
            for part in parts:
                self.sequence(part, follow, again)

    def choice(self, parts: Sequence[Sequence[Item]], again: Signs | None) -> None:
        """Within a repetition, parts to choose from must begin differently."""
        seen: Signs = frozenset()
        for part in parts if again is not None else ():
            first, empty = self.first(part)
            begins = first | (again if empty and again is not None else frozenset())
            if begins & seen:
                raise _too_many_ways()
            seen |= begins

    def repeat(self, name: str, held: tuple[int, int, Any], follow: Signs, again: Signs | None) -> None:
        """Look at a repetition: where it may end must be plain, or what reads a text in several ways adds up."""
        least, most, body = int(held[0]), int(held[1]), list(held[2])
        first, empty = self.first(body)
        varies = name != "POSSESSIVE_REPEAT" and most > least
        if varies and again is not None and (empty or first & again):
            raise _too_many_ways()
        if varies:
            self.count(body, most - least, bool(first & follow))
        if most > 1:
            self.sequence(body, follow | first, first)
        else:
            self.sequence(body, follow, again)

    def count(self, body: Sequence[Item], by: int, loose: bool) -> None:
        """Count a repetition that varies by a number; ``loose``: what follows does not say where it ends.

        One that is not is run through once for each way to read what stands before it.
        """
        if by < MANY:
            self.cost.times *= by + 1 if loose else 1
            return
        self.cost.across_lines |= "\n" in self.signs_in(body)
        if loose:
            self.cost.power += 1
        else:
            self.tight = True
            self.simple &= len(body) == 1 and str(body[0][0]) in _SIGNS
        if loose or not self.cost.power:
            self.cost.runs, self.cost.simple = self.tight, self.simple

    def first(self, items: Iterable[Item]) -> tuple[Signs, bool]:
        """The signs with which items may begin, and whether they may be empty."""
        found: Signs = frozenset()
        for item in items:
            signs, empty = self._first_of(str(item[0]), item[1])
            found |= signs
            if not empty:
                return found, False
        return found, True

    def _first_of(self, name: str, held: Any) -> tuple[Signs, bool]:
        if name in _REPEATS:
            signs, empty = self.first(held[2])
            return signs, empty or not int(held[0])
        if name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self.first(held[3] if name == "SUBPATTERN" else held)
        if name in ("BRANCH", "GROUPREF_EXISTS"):
            parts = held[1] if name == "BRANCH" else held[1:]
            all_first = [self.first(part or ()) for part in parts]
            return frozenset().union(*(signs for signs, _ in all_first)), any(empty for _, empty in all_first)
        if name == "GROUPREF":
            return self.alphabet, True
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            return frozenset(), True
        return self.signs(name, held), False

    def signs_in(self, items: Iterable[Item]) -> Signs:
        """All signs that single signs within the items may stand for."""
        found: Signs = frozenset()
        for item in items:
            name, held = str(item[0]), item[1]
            if name in ("BRANCH", "GROUPREF_EXISTS"):
                parts = held[1] if name == "BRANCH" else held[1:]
                found = found.union(*(self.signs_in(part or ()) for part in parts))
            elif name in _REPEATS or name == "SUBPATTERN":
                found |= self.signs_in(held[-1])
            elif name == "ATOMIC_GROUP":
                found |= self.signs_in(held)
            else:
                found |= self._first_of(name, held)[0]
        return found

    def signs(self, name: str, held: Any) -> Signs:
        """The signs for which one place of the expression may stand."""
        if name == "ANY":
            return self.alphabet if self.flags & _reader.SRE_FLAG_DOTALL else self.alphabet - {"\n"}
        if name == "IN":
            parts = [part for part in held if str(part[0]) != "NEGATE"]
            found = frozenset().union(*(self.signs(str(part[0]), part[1]) for part in parts))
            return found if len(parts) == len(held) else self.alphabet - found
        return frozenset(sign for sign in self.alphabet if self._stands_for(name, held, sign))

    def _stands_for(self, name: str, held: Any, sign: str) -> bool:
        if name == "CATEGORY":
            kind = str(held).replace("_NOT_", "_").replace("UNI_", "")
            return bool(_CATEGORIES[kind](sign)) != ("_NOT_" in str(held)) if kind in _CATEGORIES else True
        ways = {sign, sign.lower(), sign.upper()} if self.any_case else {sign}
        codes = [ord(way) for way in ways if len(way) == 1]
        if name == "RANGE":
            return any(int(held[0]) <= code <= int(held[1]) for code in codes)
        if name in ("LITERAL", "NOT_LITERAL"):
            return (int(held) in codes) == (name == "LITERAL")
        return True
