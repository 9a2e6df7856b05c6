"""Replace: find words in one field of many rows and put others in their place, as changes that can be shown first.

What is looked at are the words that people see, so names of linked rows can be replaced as well.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable

from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.errors import PlanError
from dmdesk.exchange.runaway import Cost, cost
from dmdesk.kinds import Entity, Field
from dmdesk.naming import renamed
from dmdesk.types import BadValue

ANYWHERE, WORDS, WHOLE, PATTERN = WAYS = ("anywhere", "whole words", "whole cell", "regular expression")
"""How words are looked for; only a regular expression gives signs a meaning."""

PATIENCE = 10
"""Seconds after which nobody waits for what would be replaced."""

Find = Callable[[str], str]
"""Gives the text with everything replaced."""


def finder(words: str, other: str, way: str = ANYWHERE, case: bool = False) -> Find:
    """What replaces the words by others in a text.

    Raises:
        PlanError: the regular expression, or what replaces it, is none.
    """
    signs = words if way == PATTERN else re.escape(words)
    if way == WORDS:
        signs = rf"(?<!\w){signs}(?!\w)"
    if way == WHOLE:
        signs = rf"\A{signs}\Z"
    flags = 0 if case else re.IGNORECASE
    try:
        found = re.compile(signs, flags)
        if way == PATTERN:
            found.sub(other, "")
            return _bearable(found, other, cost(signs, flags))
    except (re.error, RecursionError, OverflowError) as error:
        raise PlanError(f"This is no regular expression: {error}.") from None
    except IndexError:
        raise PlanError(f"“{other}” names a group that the expression does not have.") from None
    return lambda text: found.sub(lambda _: other, text)


def _bearable(found: re.Pattern[str], template: str, known: Cost) -> Find:
    """What replaces by a regular expression, and refuses texts in which it could search for hours."""

    def find(text: str) -> str:
        known.refuse_long(text)
        return found.sub(template, text)

    return find


def replaced(
    rows: Iterable[Entity],
    field: Field,
    find: Find,
    name: Callable[[str], str],
    link: Callable[[str], str],
) -> list[Change]:
    """The changes that replace words in a field of the rows, row by row; values that would not fit are left.

    ``name`` gives the words of a link, ``link`` the link that words stand for ("" for none).

    Raises:
        PlanError: a regular expression takes too long.
    """
    found: list[Change] = []
    over = time.monotonic() + PATIENCE
    for at, row in enumerate(rows):
        if time.monotonic() > over:
            raise PlanError(
                f"Searching was stopped after {at:,} rows, for it took over {PATIENCE} seconds; look for something "
                "simpler, or in fewer rows. Nothing was changed."
            )
        value = getattr(row, field.name)
        if not value and field.target:
            continue
        try:
            now = _value(field, value, find, name, link)
            if now != value:
                found.append(put(row, renamed(row, {field.name: now})))
        except BadValue:
            continue
    return found


def _value(
    field: Field, value: object, find: Find, name: Callable[[str], str], link: Callable[[str], str]
) -> object:
    def one(held: str) -> str:
        words = name(held)
        now = find(words)
        return held if now == words else link(now)

    if isinstance(field.type, t.ToMany_) and isinstance(value, tuple):
        return tuple(now for held in value if (now := one(held)))
    if field.target and isinstance(value, str):
        return one(value)
    if isinstance(value, tuple):
        return tuple(map(find, value))
    return field.type.read(find(field.type.show(value)))
