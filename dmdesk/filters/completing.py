"""Completing: what may stand at the cursor of a filter line: fields, states, and the values that the plan has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmdesk import types as t
from dmdesk.computed import asked_of, value_of
from dmdesk.filters import tree
from dmdesk.filters.parsing import STATES, TODAY, Item, items
from dmdesk.filters.texts import names
from dmdesk.filters.tree import quoted
from dmdesk.filters.words import aliases, fields_named, fold, options_meant, spoken
from dmdesk.kinds import Field, Kind
from dmdesk.reading import PlanData
from dmdesk.values import frozen

MOST = 20
"""Completions given at once."""

BY_KEY = ("wbs", "document", "requirement", "milestone", "interface", "reference")
"""Kinds whose rows people name by code rather than by title."""

ASKING = {
    tree.NO: "nothing stands in a field, nor is it inherited",
    tree.HAS: "something stands in a field, or is inherited",
    tree.OWN: "the value is the row's own, not inherited",
    tree.IS: "a state, such as unresolved or leaf",
    tree.CHANGED: "the day of the last change: changed>2017-06-01, or since a release: changed>3.0",
}
"""What stands before a colon without being a field."""


@frozen
class Completion:
    """``text`` may take the place of what stands from ``start`` to ``end``; ``help`` says what it is."""

    start: int
    end: int
    text: str
    help: str = ""


def complete(text: str, cursor: int, data: PlanData, kind: Kind) -> list[Completion]:
    """What may stand at the cursor, best first; of any text, and never an error."""
    cursor, kind = min(max(cursor, 0), len(text)), asked_of(kind)
    item = next(
        (one for one in items(text) if one.start < cursor <= one.end and one.sort not in ("(", ")")), None
    )
    if item is None:
        return _whole(kind, "", cursor, cursor)
    if item.sort == tree.NOT and text[item.start] == "-":
        return _whole(kind, "", cursor, cursor)
    if item.head and cursor >= item.value_at:
        return _values(data, kind, item)
    if item.quoted:
        return []
    end = item.start + len(item.head) + len(item.op) if item.head else item.end
    return _whole(kind, text[item.start : cursor], item.start, end)


def _whole(kind: Kind, typed: str, start: int, end: int) -> list[Completion]:
    """Fields and other beginnings of terms."""
    words = fold(typed)
    found = [Completion(start, end, f"{spoken(field)}:", field.label) for field in _fields(kind, words)]
    found += [
        Completion(start, end, f"{word}:", help) for word, help in ASKING.items() if word.startswith(words)
    ]
    if tree.MINE.startswith(words):
        found.append(Completion(start, end, tree.MINE, "what is yours"))
    if words and tree.NOT.startswith(words):
        found.append(Completion(start, end, tree.NOT, "what does not fit"))
    return found


def _fields(kind: Kind, words: str) -> list[Field]:
    """The fields the words may begin; those people filter by come before ranks and texts."""
    named = fields_named(kind, words) if words else [field.name for field in kind.fields]
    named += [
        name for way, name in aliases(kind).items() if words and way.startswith(words) and name not in named
    ]
    fields = [kind[name] for name in dict.fromkeys(named) if kind[name].type != t.RANK]
    return fields if words else sorted(fields, key=lambda field: field.type in (t.PROSE, t.ITEMS))


def _values(data: PlanData, kind: Kind, item: Item) -> list[Completion]:
    end = item.end
    found = [
        Completion(item.value_at, end, words, help)
        for words, help in _offered(data, kind, item, fold(item.text))
    ]
    return found[:MOST]


def _offered(data: PlanData, kind: Kind, item: Item, words: str) -> Iterable[tuple[str, str]]:
    head = item.head.lower()
    if head == tree.IS:
        return [(state, help) for state, help in STATES.items() if state.startswith(words)]
    if head in (tree.NO, tree.HAS, tree.OWN):
        fields = [field for field in _fields(kind, words) if head != tree.OWN or field.inherits]
        return [(spoken(field), field.label) for field in fields]
    if head == tree.CHANGED:
        return _days(data, words)
    known = fields_named(kind, item.head)
    return _of_field(data, kind, kind[known[0]], words) if len(known) == 1 else []


def _days(data: PlanData, words: str) -> list[tuple[str, str]]:
    releases = [
        (quoted(str(getattr(row, "version", ""))), f"release of {getattr(row, 'date', '')}")
        for row in reversed(data.in_order("revision"))
    ]
    return [(day, help) for day, help in [*releases, (TODAY, "the day it is")] if day.startswith(words)]


def _of_field(data: PlanData, kind: Kind, field: Field, words: str) -> Iterable[tuple[str, str]]:
    if isinstance(field.type, t.Choice_):
        meant = options_meant(field.type.options, words)
        return [(quoted(option), "") for option in field.type.options if option in meant]
    if isinstance(field.type, t.Flag_):
        return [(word, "") for word in ("yes", "no") if word.startswith(words)]
    if isinstance(field.type, t.Day_):
        return [(TODAY, "the day it is")] if TODAY.startswith(words) else []
    if field.target:
        return _rows(data, field.target, words)
    if field.type.multiline and field.type != t.WORDS:
        return []
    values = (value_of(data, row, kind.name, field.name) for row in data.in_order(kind.name))
    texts = (
        one for value in values for one in (value if isinstance(value, tuple) else (field.type.show(value),))
    )
    return [(quoted(text), "") for text in _ranked(dict.fromkeys(texts), words)]


def _rows(data: PlanData, kind: str, words: str) -> list[tuple[str, str]]:
    """Rows that a link may lead to, by the word people use for them."""
    rows = data.rows(kind)
    called = {row.id: names(data, kind)[row.id] for row in data.in_order(kind)}
    ids = [id for id, name in called.items() if all(part in name for part in words.split())]
    ids.sort(key=lambda id: not f"\n{called[id]}".replace(" ", "\n").__contains__(f"\n{words}"))
    by_key = kind in BY_KEY
    texts = ((data.key(rows[id]), data.title(rows[id])) for id in ids[:MOST])
    return [(quoted(key if by_key else title), title if by_key else key) for key, title in texts]


def _ranked(texts: Iterable[str], words: str) -> Iterator[str]:
    """Those that hold the words, first those that begin with them."""
    fitting = [text for text in texts if text and words in fold(text)]
    yield from sorted(fitting, key=lambda text: not fold(text).startswith(words))[:MOST]
