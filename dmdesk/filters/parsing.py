"""Parsing: from typed text to the tree of a filter, or to a sentence that says what is wrong and where.

People see the filter work while they type, so a quote that is not closed yet ends with the text; all else that is
unfinished is an error that the window may keep to itself until typing pauses.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from dmdesk import types as t
from dmdesk.computed import asked_of
from dmdesk.errors import PlanError
from dmdesk.filters import tree
from dmdesk.filters.tree import Node, Not, Term, all_of, any_of
from dmdesk.filters.words import aliases, fields_named, fold, spoken
from dmdesk.kinds import Field, Kind
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.filters.matching import Filter

DEEPEST = 50
"""Parentheses and negations within each other; more is no filter anybody means."""

STATES = {
    "unresolved": "a link holds words that name nothing",
    "inherited": "a value holds from a row above",
    "group": "it groups others",
    "leaf": "nothing stands below it",
    "untraced": "a requirement that traces to none above it",
    "problem": "the checks found something",
}
"""What ``is:`` can ask, and what it means."""

TODAY = "today"
QUOTES = {'"': '"', "“": "”"}

_HEAD = re.compile(r"([^\W\d][\w-]*)(<=|>=|[:=<>])(?!//)")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_COMPARED = ("<", ">", "<=", ">=")


class FilterError(PlanError):
    """A filter that cannot be read; ``at`` is the place in the text, in characters."""

    def __init__(self, sentence: str, at: int = 0) -> None:
        super().__init__(sentence)
        self.at = at


@frozen
class Item:
    """A piece of a filter: a parenthesis, a negation, a joining word or a term; where it stands, value included.

    ``sort``: "(", ")", "and", "or", "not" or "term"; ``head`` and ``op`` are "" for words alone.
    """

    sort: str
    start: int
    end: int
    head: str = ""
    op: str = ""
    text: str = ""
    value_at: int = 0
    quoted: bool = False


def items(text: str) -> list[Item]:
    """The pieces of a text; any text has some."""
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found.append(_item(text, at))
        at = found[-1].end
    return found


def _item(text: str, at: int) -> Item:
    if text[at] in "()":
        return Item(text[at], at, at + 1)
    if text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] != ")":
        return Item(tree.NOT, at, at + 1)
    head = _HEAD.match(text, at)
    if head:
        value, end, quoted = _value(text, head.end())
        return Item("term", at, end, head[1], head[2], value, head.end(), quoted)
    value, end, quoted = _value(text, at)
    if not quoted and value.lower() in (tree.AND, tree.OR, tree.NOT):
        return Item(value.lower(), at, end)
    return Item("term", at, end, "", ":", value, at, quoted)


def _value(text: str, at: int) -> tuple[str, int, bool]:
    """A value, where it ends, and whether it stood in quotes."""
    close = QUOTES.get(text[at : at + 1])
    if close:
        return _quoted(text, at + 1, close)
    end, open_ = at, 0
    while end < len(text) and not text[end].isspace():
        open_ += (text[end] == "(") - (text[end] == ")")
        if open_ < 0:
            break
        end += 1
    return text[at:end], end, False


def _quoted(text: str, at: int, close: str) -> tuple[str, int, bool]:
    words = ""
    while at < len(text):
        if text[at] == close:
            if close != '"' or text[at + 1 : at + 2] != '"':
                return words, at + 1, True
            at += 1
        words += text[at]
        at += 1
    return words, at, True


def parse(text: str, kind: Kind) -> Filter:
    """The filter that the text describes, for rows of the kind; nothing but blanks lets every row through.

    Raises:
        FilterError: it does not parse; a sentence says why, ``at`` where.
    """
    from dmdesk.filters.matching import Filter

    reader = _Reader(asked_of(kind), items(text), len(text))
    return Filter(kind, reader.whole())


class _Reader:
    """The pieces that are not read yet."""

    def __init__(self, kind: Kind, pieces: list[Item], length: int) -> None:
        self._kind, self._pieces, self._end = kind, pieces, length
        self._next = 0

    def whole(self) -> Node:
        if not self._pieces:
            return tree.All(())
        node = self._either(0)
        if self._sort():
            raise FilterError("There is no “(” that this “)” could close.", self._at())
        return node

    def _sort(self) -> str:
        return self._pieces[self._next].sort if self._next < len(self._pieces) else ""

    def _at(self) -> int:
        return self._pieces[self._next].start if self._next < len(self._pieces) else self._end

    def _either(self, depth: int) -> Node:
        parts = [self._every(depth)]
        while self._sort() == tree.OR:
            self._next += 1
            parts.append(self._every(depth))
        return any_of(parts)

    def _every(self, depth: int) -> Node:
        parts = [self._one(depth)]
        while self._sort() not in ("", ")", tree.OR):
            if self._sort() == tree.AND:
                self._next += 1
            parts.append(self._one(depth))
        return all_of(parts)

    def _one(self, depth: int) -> Node:
        sort, at = self._sort(), self._at()
        if depth > DEEPEST:
            raise FilterError("This filter has too many parentheses and negations within each other.", at)
        if sort in ("", ")", tree.AND, tree.OR):
            before = self._pieces[self._next - 1].sort if self._next else ""
            raise FilterError(_lacking(sort, before), at)
        piece = self._pieces[self._next]
        self._next += 1
        if sort == tree.NOT:
            return Not(self._one(depth + 1))
        if sort == "(":
            node = self._either(depth + 1)
            if self._sort() != ")":
                raise FilterError("A “)” is missing.", at)
            self._next += 1
            return node
        return _term(self._kind, piece)


def _lacking(sort: str, before: str) -> str:
    if before in (tree.AND, tree.OR, tree.NOT):
        words = "-" if before == tree.NOT else before
        return f"Something must follow “{words}”; put the word in quotes to look for it."
    if before == "(":
        return "Something must stand between the parentheses."
    if sort == ")":
        return "There is no “(” that this “)” could close."
    return f"Something must stand before “{sort}”; put the word in quotes to look for it."


def _term(kind: Kind, item: Item) -> Term:
    _refuse_open(item)
    if not item.head:
        if not item.quoted and item.text.lower() == tree.MINE:
            return Term(tree.MINE, ":", "")
        if not fold(item.text):
            raise FilterError("There is nothing between these quotes.", item.start)
        return Term("", ":", item.text)
    head = item.head.lower()
    if not item.text.strip() and not (item.quoted and item.op == "="):
        raise FilterError(f"Something must follow “{item.head}{item.op}”.", item.end)
    if head in (tree.NO, tree.HAS, tree.OWN, tree.IS):
        return _asked(kind, head, item)
    if head == tree.CHANGED:
        return Term(tree.CHANGED, ":" if item.op == "=" else item.op, item.text.strip())
    field = field_named(kind, item.head, item.start)
    _refuse(field, item)
    return Term(field.name, item.op, item.text)


def _refuse_open(item: Item) -> None:
    """Refuse words in which a parenthesis is opened and not closed: who means a group would be told nothing else."""
    opened = [] if item.quoted else [at for at, sign in enumerate(item.text) if sign == "("]
    if len(opened) > item.text.count(")"):
        raise FilterError(
            f"A “)” is missing in “{item.text}”; put words with a parenthesis in quotes.",
            item.value_at + opened[0],
        )


def _asked(kind: Kind, head: str, item: Item) -> Term:
    if item.op not in ":=":
        raise FilterError(
            f"“{head}” is followed by a colon, as in {head}:{_example(kind, head)}.", item.start
        )
    if head != tree.IS:
        field = field_named(kind, item.text.strip(), item.value_at)
        if head == tree.OWN and not field.inherits:
            raise FilterError(f"“{field.label}” is never inherited; use has:{spoken(field)}.", item.value_at)
        return Term(head, ":", field.name)
    meant = [state for state in STATES if state.startswith(fold(item.text))]
    if len(meant) != 1:
        raise FilterError(f"“is:” is followed by one of: {', '.join(STATES)}.", item.value_at)
    return Term(head, ":", meant[0])


def _example(kind: Kind, head: str) -> str:
    return "leaf" if head == tree.IS else spoken(kind.fields[0])


def field_named(kind: Kind, words: str, at: int = 0) -> Field:
    """The field that the words mean.

    Raises:
        FilterError: none, or several.
    """
    found = fields_named(kind, words)
    if len(found) == 1:
        return kind[found[0]]
    if found:
        names = [spoken(kind[name]) for name in found]
        raise FilterError(f"“{words}” may mean {', '.join(names[:-1])} or {names[-1]}; write more of it.", at)
    from difflib import get_close_matches

    near = get_close_matches(fold(words), aliases(kind), n=1)
    advice = f"did you mean {near[0]}?" if near else "a word with a colon in it needs quotes."
    raise FilterError(f"{kind.plural} have no field “{words}”; {advice}", at)


def _refuse(field: Field, item: Item) -> None:
    """Refuse what no value of the field could be compared with."""
    kind_of_value = field.type
    compared = item.op in _COMPARED
    if isinstance(kind_of_value, t.Flag_) and not compared:
        try:
            kind_of_value.read(item.text)
        except t.BadValue as error:
            raise FilterError(f"{field.label}: {error}", item.value_at) from None
    if not compared:
        return
    if (
        (kind_of_value.multiline and not field.target)
        or isinstance(kind_of_value, t.Flag_)
        or not kind_of_value.typed
    ):
        raise FilterError(f"“{field.label}” has no order; use a colon.", item.start)
    if isinstance(kind_of_value, t.Day_) and not is_day(item.text):
        raise FilterError(
            f"“{item.text}” is not a day; write 2017-06-30, 2017-06, 2017 or today.", item.value_at
        )
    if kind_of_value.numeric:
        try:
            if kind_of_value.read(item.text) in ("", None):
                raise t.BadValue(f"“{item.text}” is not a number.")
        except t.BadValue as error:
            raise FilterError(f"{field.label}: {error}", item.value_at) from None


def is_day(text: str) -> bool:
    """Whether the text is a day, a month, a year or today."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return fold(text) == TODAY
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True
