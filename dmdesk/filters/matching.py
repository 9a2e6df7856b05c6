"""Matching: which rows of a plan a filter lets through.

Each term becomes one question about a row's id, prepared once for a look through the plan; joining them is set work.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from dataclasses import field as filled
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from dmdesk import folders, trees
from dmdesk import types as t
from dmdesk.checks.naming import loose_links
from dmdesk.computed import asked_of, computed_of
from dmdesk.filters import people, tree
from dmdesk.filters.parsing import TODAY, FilterError, is_day
from dmdesk.filters.texts import in_force, names, texts
from dmdesk.filters.tree import Node, Not, Term
from dmdesk.filters.words import fold, options_meant
from dmdesk.kinds import Field, Kind
from dmdesk.reading import PlanData

Fits = Callable[[str], bool]
"""Whether the row of an id fits."""

ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge
}  # fmt: skip

SINCE = (">", ">=")
"""What stands between “changed” and a sealed version to ask for the rows that differ from it."""


@dataclass(frozen=True)
class Facts:
    """What a filter may ask that does not stand in the rows.

    ``changed``: row id → time of its last change (UTC, as ``Plan.last_changes`` gives them); ``problems``: ids of
    rows that the checks found something in; ``user``: the name of who asks, "" for the user of this program;
    ``today``: an ISO day, "" for the day it is. ``differing``: for a kind and a version, the ids of the rows that are
    not as they were sealed as that version, None where no such version was sealed. ``sealed``: where the rows are
    steps, for a version the number of the step that sealed it, None where none did.
    """

    changed: Mapping[str, str] = filled(default_factory=dict)
    problems: Collection[str] = ()
    user: str = ""
    today: str = ""
    differing: Callable[[str, str], Collection[str] | None] = lambda kind, version: None
    sealed: Callable[[str], int | None] = lambda version: None


@dataclass(frozen=True)
class Filter:
    """A filter for the rows of a kind."""

    kind: Kind
    tree: Node

    def __str__(self) -> str:
        return tree.show(self.tree)

    @property
    def asks(self) -> frozenset[str]:
        """Which of the facts it needs: "changed", "problems"."""
        needed = {tree.CHANGED: "changed"}
        found = {
            "problems" if term.field == tree.IS and term.text == "problem" else needed.get(term.field, "")
            for term in tree.terms(self.tree)
        }
        return frozenset(found - {""})

    def matches(self, data: PlanData, facts: Facts | None = None) -> set[str]:
        """The ids of the rows that fit.

        Raises:
            FilterError: it names a release that the change record does not have.
        """
        facts = facts or Facts()
        return _select(
            self.tree,
            data.rows(self.kind.name).keys(),
            lambda term, ids: _picked(term, ids, data, self.kind, facts),
        )


def _select(
    node: Node, ids: Collection[str], picked: Callable[[Term, Collection[str]], set[str]]
) -> set[str]:
    """Those of the ids that fit."""
    if isinstance(node, Term):
        return picked(node, ids)
    if isinstance(node, Not):
        return set(ids) - _select(node.part, ids, picked)
    if isinstance(node, tree.Any):
        return set().union(*(_select(part, ids, picked) for part in node.parts))
    left = ids
    for part in node.parts:
        left = _select(part, left, picked)
    return set(left)


def _picked(term: Term, ids: Collection[str], data: PlanData, kind: Kind, facts: Facts) -> set[str]:
    """Those of the ids that fit one term. Bare words are what people type letter by letter: no call for each row."""
    if not term.field:
        words, known = fold(term.text), texts(data, kind).of(data)
        return {id for id in ids if words in known[id]}
    fits = _fits(term, data, asked_of(kind), facts)
    return {id for id in ids if fits(id)}


def _fits(term: Term, data: PlanData, kind: Kind, facts: Facts) -> Fits:
    """The question that a term with a field asks of a row."""
    if term.field == tree.MINE:
        return people.theirs(data, kind, facts.user or folders.user(), facts.today or _today()).__contains__
    if term.field == tree.CHANGED:
        return _changed(term, data, kind, facts)
    if term.field == tree.IS:
        return _state(term.text, data, kind, facts)
    if term.field == tree.OWN:
        rows = data.rows(kind.name)
        return lambda id: bool(getattr(rows[id], term.text))
    if term.field in (tree.NO, tree.HAS):
        value, empty = _value(data, kind, kind[term.text]), kind[term.text].type.empty
        wanted = term.field == tree.NO
        return lambda id: (value(id) == empty) is wanted
    return _field(term, data, kind[term.field], _value(data, kind, kind[term.field]), facts)


def _value(data: PlanData, kind: Kind, field: Field) -> Callable[[str], Any]:
    """The value of a field in the row of an id, inherited where the field inherits."""
    if field.inherits:
        known, empty = in_force(data, kind, field.name), (field.type.empty,)
        return lambda id: known.get(id, empty)[0]
    rows = data.rows(kind.name)
    more = computed_of(kind.name)
    if field.name in more:
        work_out = more[field.name].value
        return lambda id: work_out(data, rows[id])
    get = operator.attrgetter(field.name)
    return lambda id: get(rows[id])


def _state(state: str, data: PlanData, kind: Kind, facts: Facts) -> Fits:
    rows = data.rows(kind.name)
    if state == "problem":
        return facts.problems.__contains__
    if state == "untraced":
        from dmdesk.checks.requirements import untraced

        return {row.id for row in untraced(data)}.__contains__
    if state == "unresolved":
        return {row.id for row, _, link in loose_links(data, kind) if t.unresolved(link)}.__contains__
    if state == "inherited":
        known = [in_force(data, kind, field.name) for field in kind.fields if field.inherits]
        return lambda id: any(id in values and values[id][1] != id for values in known)
    children = data.children_ids(kind.name) if kind.parent else {}
    if state == "leaf":
        return lambda id: id not in children or not children[id]
    if "kind" in kind and "group" in getattr(kind["kind"].type, "options", ()):
        return lambda id: getattr(rows[id], "kind") == "group"  # noqa: B009 (not every kind has it)
    return lambda id: bool(children.get(id))


def _field(term: Term, data: PlanData, field: Field, value: Callable[[str], Any], facts: Facts) -> Fits:
    if term.op == "=" and not fold(term.text):
        return lambda id: not value(id)
    if field.target:
        hit = _link(term, data, field)
        if isinstance(field.type, t.ToMany_):
            return lambda id: any(map(hit, value(id)))
        return lambda id: bool(value(id)) and hit(value(id))
    if isinstance(field.type, t.Day_):
        return _day(term.op, _resolved(term.text, facts), value)
    test = _plain(term, field)
    return lambda id: test(value(id))


def _plain(term: Term, field: Field) -> Callable[[Any], bool]:
    """The question asked of a value that is neither a link nor a day."""
    words = fold(term.text)
    if isinstance(field.type, t.Flag_):
        wanted = field.type.read(term.text)
        return lambda value: value is wanted
    if term.op in ORDER:
        compare = ORDER[term.op]
        if field.type.numeric:
            number = t.amount(field.type.read(term.text))
            return lambda value: value not in ("", None) and compare(float(value), number)
        place = trees.natural(words)
        return lambda value: bool(value) and compare(trees.natural(fold(value)), place)
    if isinstance(field.type, t.Choice_) and term.op == ":":
        options = field.type.options
        meant = options_meant(options, words)
        return lambda value: value in meant if value in options else bool(value) and words in fold(value)
    known = dict[Any, bool]()
    show: Callable[[Any], str] = str if isinstance(field.type, t.Many_) else field.type.show

    def says(value: Any) -> bool:
        """Asked once of values that many rows have in common."""
        found = known.get(value)
        if found is None:
            found = known[value] = _says(term.op, fold(show(value)), words)
        return found

    return (lambda value: any(map(says, value))) if isinstance(field.type, t.Many_) else says


def _says(op: str, text: str, words: str) -> bool:
    return text == words if op == "=" else words in text


# -- links


def _link(term: Term, data: PlanData, field: Field) -> Callable[[str], bool]:
    """The question asked of one link: an id, or ``?`` and words; of the latter only, where the term has a ``?`` too."""
    if term.text.startswith(t.UNRESOLVED):
        words = fold(term.text[1:])
        return lambda link: link.startswith(t.UNRESOLVED) and words in fold(link)
    said = _said(term, data, field)
    meant = {id for id, called in names(data, field.target).items() if said(called)}
    return lambda link: link in meant or (link.startswith(t.UNRESOLVED) and said(fold(link[1:])))


def _said(term: Term, data: PlanData, field: Field) -> Callable[[str], bool]:
    """The question asked of the names of a row (title, key, others; a line each), or of unresolved words."""
    words = fold(term.text)
    if term.op in ORDER:
        compare, place = ORDER[term.op], trees.natural(words)
        return lambda called: compare(trees.natural(_key_in(called)), place)
    if term.op == "=":
        return lambda called: words in called.split("\n")
    if field.target == "wbs" and (trees.looks_like_code(words) or words in map(fold, data.by_key("wbs"))):
        return lambda called: _at_or_below(words, _key_in(called))
    parts = words.split()
    return lambda called: all(part in called for part in parts)


def _key_in(called: str) -> str:
    """The key in the names of a row; of unresolved words, what stands before a note."""
    lines = called.split("\n", 2)
    return lines[1] if len(lines) > 1 else called.split(" ", 1)[0]


def _at_or_below(code: str, key: str) -> bool:
    return key == code or key.startswith(f"{code}.")


# -- days


def _day(op: str, wanted: str, value: Callable[[str], str]) -> Fits:
    """A day compared with a day, a month or a year: after June means after its last day."""
    width = len(wanted)
    if op in ORDER:
        compare = ORDER[op]
        return lambda id: bool(value(id)) and compare(value(id)[:width], wanted)
    if op == "=":
        return lambda id: value(id)[:width] == wanted
    return lambda id: wanted in value(id)


def _resolved(text: str, facts: Facts) -> str:
    words = fold(text)
    return (facts.today or _today()) if words == TODAY else words


def _today() -> str:
    return date.today().isoformat()


def _changed(term: Term, data: PlanData, kind: Kind, facts: Facts) -> Fits:
    """When a row was changed last, by the calendar of who asks; rows that nobody changed never fit.

    Since a sealed version means: not as it was sealed, whenever that came about; of steps: made after the one that
    sealed it, before or after in their order and not by the day.
    """
    step = facts.sealed(term.text) if term.op in ORDER else None
    if step is not None:
        follows = ORDER[term.op]
        return lambda id: follows(int(id), step)
    differing = facts.differing(kind.name, term.text) if term.op in SINCE else None
    if differing is not None:
        return differing.__contains__
    wanted = _release(data, term.text) or (_resolved(term.text, facts) if is_day(term.text) else "")
    if not wanted:
        releases = [
            version for row in data.in_order("revision") if (version := str(getattr(row, "version", "")))
        ]
        if _number(term.text) in map(_number, releases):
            raise FilterError(
                f"Release {term.text} has no date in the change record; give it one, or write a day."
            )
        known = f"; the change record has {', '.join(releases)}" if releases else ""
        raise FilterError(
            f"“{term.text}” is neither a day such as 2017-06-30 nor a release of this plan{known}."
        )
    days = {id: local_day(at) for id, at in facts.changed.items()}
    fits = _day(term.op, wanted, lambda id: days.get(id, ""))
    return lambda id: id in days and fits(id)


def _release(data: PlanData, version: str) -> str:
    """The day of a release of the plan, the last one where it stands there twice; 3 and 3.0 are the same."""
    return max(
        (
            str(getattr(row, "date", ""))
            for row in data.rows("revision").values()
            if _number(getattr(row, "version", "")) == _number(version)
        ),
        default="",
    )


def _number(version: str) -> str:
    number = fold(version)
    while number.endswith(".0"):
        number = number[:-2]
    return number


@lru_cache(maxsize=100_000)
def local_day(at: str) -> str:
    """The day, here, of a time in UTC as the history keeps it."""
    try:
        return datetime.fromisoformat(at).astimezone().date().isoformat()
    except (ValueError, OverflowError):
        return at[:10]
