"""New rows from words: what a link field makes of words that name nothing yet, when the person asks for it.

The row is added by the step that first links to it, so one undo takes back both.
"""

from __future__ import annotations

import re
import unicodedata

from dmdesk import places, trees
from dmdesk import types as t
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData
from ui.views.summaries import small

_CODE = re.compile(r"(?=\S*\d)[\w.-]+")
"""A first word with a digit in it is the code that the row is to have."""

BY_CODE = ("wbs", "document", "requirement", "milestone", "interface")
"""Kinds whose keys are counted on where no code was typed."""


def can_make(kind: Kind) -> bool:
    """Whether words are enough to make a row of the kind: it has a key and a name of its own."""
    return bool(kind.key and kind.title and kind.key != kind.title and not kind.single)


def offer(kind: Kind, words: str) -> str:
    """What the choice is called."""
    return f"New {small(kind.label)} “{words}”"


def made(data: PlanData, kind: Kind, words: str) -> Entity:
    """A row that is called so, with a key that no other row of the kind has; it is not in the plan yet."""
    words = t.one_line(words)
    code, _, rest = words.partition(" ")
    if kind.name in BY_CODE and _CODE.fullmatch(code):
        values = {kind.key: _free(data, kind, code), kind.title: rest.strip() or code}
    else:
        values = {kind.key: key_for(data, kind, words), kind.title: words}
    parent = trees.finest(data.by_key(kind.name), values[kind.key].rpartition(".")[0])
    if kind.name == "wbs" and parent:
        values[kind.parent] = parent
    if places.ranked(kind):
        beside = places.siblings(data, kind, "")
        values[kind.order] = places.room(kind, beside, len(beside), 1)[0][0]
    return kind.make(values)


def key_for(data: PlanData, kind: Kind, words: str) -> str:
    """A key as the kind's others are written: a surname, a code counted on, or the words in capitals."""
    taken = data.by_key(kind.name)
    if kind.name in BY_CODE and taken:
        return places.next_key(taken, max(taken, key=trees.natural))
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    parts = re.findall(r"[0-9A-Za-z]+", plain)
    if not parts:
        return places.next_key(taken, "")
    if kind.name == "person":
        return _free(data, kind, parts[-1].lower())
    capitals = sum(key.isupper() for key in taken) * 2 > len(taken)
    joined = "-".join(parts[:4])[:24]
    return _free(data, kind, joined.upper() if capitals else joined.lower())


def _free(data: PlanData, kind: Kind, key: str) -> str:
    taken, found, count = data.by_key(kind.name), key, 2
    while found in taken:
        found, count = f"{key}-{count}", count + 1
    return found
