"""Checks of texts: references that name nothing, placeholders left behind, list items without words.

All texts of a field are searched for a few fixed words in one go first, so that a plan of any size is read in a blink.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from dmdesk import types as t
from dmdesk.checks.finding import (
    ERROR,
    NOTE,
    WARNING,
    Finding,
    Fix,
    check,
    check_each,
    every_key,
    of,
)
from dmdesk.checks.fixing import CLEAR, LINK, setting
from dmdesk.checks.texts import Text, joined, read_of, searched
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.manuscript.prose import lost_calls
from dmdesk.model import Section
from dmdesk.reading import PlanData

REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)

_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|TBR|TBW|FIXME|TODO|XXX+)\b|\b[A-Z]{2,}-[xX]{2,}\b|\?\?\?"
    r"|(?i:\bto be (?:determined|defined|decided|confirmed|written|supplied)(?=\s*(?:[.;,)\]]|$)))"
    r"|(?i:\bcite the\b.{0,80}?\bonce issued\b|\bonce issued\b|\blorem ipsum\b|\[insert\b[^\]\n]*\])"
)
_ONLY_DOTS = re.compile(r"^[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(?:…|\.\.\.+)[ \t]*$\n?", re.MULTILINE)
_DOTS = re.compile(r"…|\.\.\.+")

PLACEHOLDERS, DOTS = "placeholders", "dots"
_MARKERS = {
    PLACEHOLDERS: (
        "tbd", "tbc", "tbr", "tbw", "fixme", "todo", "xxx", "-xx", "???", "to be determined", "to be defined",
        "to be decided", "to be confirmed", "to be written", "to be supplied", "once issued", "lorem ipsum", "[insert",
    ),
    DOTS: ("…", "..."),
}  # fmt: skip
"""Lower-case words one of which is in every text that a check has to read."""

LONG = (t.PROSE, t.ITEMS)
TYPES = (*LONG, t.LINE)

QUOTING = "acceptance"
"""The kind whose rows quote what was found elsewhere; asking them too would find it once more."""

Suspect = tuple[Entity, str, str]
"""A row, a field of it, and the field's text."""


def suspects(data: PlanData, kind: Kind, what: str) -> list[Suspect]:
    """The texts of a kind that hold a marker of what is looked for, found in one pass for all checks of this family."""
    return data.memo(f"suspects {kind.name}", read_of(kind, TYPES), lambda: _suspects(data, kind))[what]


def _suspects(data: PlanData, kind: Kind) -> dict[str, list[Suspect]]:
    found: dict[str, list[Suspect]] = {what: [] for what in _MARKERS}
    if kind.name == QUOTING:
        return found
    for row, field, whats in searched(data, "suspects", kind, TYPES, _marked):
        for what in whats:
            if what == PLACEHOLDERS or kind[field].type != t.LINE:
                found[what].append((row, field, joined(getattr(row, field))))
    return found


def _marked(texts: Iterable[tuple[str, Text]]) -> dict[str, list[str]]:
    """Which markers the texts hold; all texts are looked through at once first, for most hold none."""
    folded = [(id, joined(value).lower()) for id, value in texts]
    everything = "\n".join([text for _, text in folded])
    found: dict[str, list[str]] = {}
    for what, markers in _MARKERS.items():
        there = [marker for marker in markers if marker in everything]
        for id, text in folded if there else ():
            if any(map(text.__contains__, there)):
                found.setdefault(id, []).append(what)
    return found


def rewritten(row: Entity, field: str, change: Callable[[str], str]) -> Any:
    """The value of a text field with each of its texts changed."""
    value = getattr(row, field)
    return tuple(map(change, value)) if isinstance(value, tuple) else change(value)


def without_code(text: str) -> str:
    """The text without its blocks and words of code."""
    return _CODE.sub("", text) if "`" in text or "~~~" in text else text


def texts_read(kind: Kind) -> tuple[str, ...]:
    """What checks of a kind's texts by themselves depend on."""
    return read_of(kind, TYPES)


def _references_read(kind: Kind) -> tuple[str, ...]:
    own = read_of(kind, LONG)
    return (*own, *every_key()) if own else ()


class Marks(NamedTuple):
    """The keys in double brackets, and the calls of footnotes without one, each once a text."""

    keys: tuple[str, ...]
    lost: tuple[str, ...]


def _marks(data: PlanData, kind: Kind) -> Iterator[tuple[Entity, str, Marks]]:
    """(row, field, marks) of the texts of a kind that hold any, found in one pass for all checks that ask."""
    return searched(data, "marks", kind, LONG, _marks_in)


def _marks_in(texts: Iterable[tuple[str, Text]]) -> dict[str, Marks]:
    found = {}
    for id, value in texts:
        text = joined(value)
        if "[[" in text or "[^" in text:
            several = (value,) if isinstance(value, str) else value
            keys = dict.fromkeys(REFERENCE.findall(without_code(text)))
            lost = dict.fromkeys(call for one in several for call in lost_calls(one))
            if keys or lost:
                found[id] = Marks(tuple(keys), tuple(lost))
    return found


def references(data: PlanData, kind: Kind) -> Iterator[tuple[Entity, str, tuple[str, ...]]]:
    """(row, field, keys) of the texts of a kind that hold references in double brackets; each key once a text."""
    return ((row, field, marks.keys) for row, field, marks in _marks(data, kind) if marks.keys)


@check_each("prose.reference", ERROR, needs=_references_read)
def reference(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A [[reference]] in a text that names nothing in the plan."""
    for row, field, keys in references(data, kind):
        for key in keys:
            if data.anywhere(key.strip()) is None:
                fixes = _reference_fixes(data, row, field, key)
                yield reference.at(row, field, f"[[{key}]] names nothing in this plan.", fixes)


def _reference_fixes(data: PlanData, row: Entity, field: str, key: str) -> Iterator[Fix]:
    like = _like(data, key.strip().casefold())
    if like:
        value = rewritten(row, field, lambda text: text.replace(f"[[{key}]]", f"[[{like}]]"))
        yield setting(row, f"Write [[{like}]]", LINK, **{field: value})
    value = rewritten(row, field, lambda text: text.replace(f"[[{key}]]", key.strip()))
    yield setting(row, f"Keep “{key.strip()}” as plain words", CLEAR, **{field: value})


@check_each("prose.footnote", WARNING, needs=lambda kind: read_of(kind, LONG))
def footnote(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A call of a footnote, such as [^1], in a text that does not hold the note, so that it is marked in print."""
    for row, field, marks in _marks(data, kind):
        for call in marks.lost:
            words = f"The text has no footnote {call}; write “{call}: …” on a line of its own."
            yield footnote.at(row, field, words, [_without(row, field, call)])


def _without(row: Entity, field: str, call: str) -> Fix:
    value = rewritten(row, field, lambda text: text.replace(call, ""))
    return setting(row, "Take the call out", CLEAR, **{field: value})


def _like(data: PlanData, folded: str) -> str:
    """The first key of the plan that differs from these words in capitals only, or ""."""
    for kind in kinds():
        if kind.key:
            ids = data.index("folded key", kind.name, partial(_folded, kind.key)).ids(folded)
            if ids:
                return str(getattr(data.rows(kind.name)[ids[0]], kind.key))
    return ""


def _folded(key: str, row: Entity) -> tuple[str, ...]:
    return (getattr(row, key).casefold(),)


@check_each("prose.placeholder", WARNING, needs=texts_read)
def placeholder(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Placeholder text, such as “TBD” or “cite the … once issued”, to be replaced before the plan is printed."""
    for row, field, text in suspects(data, kind, PLACEHOLDERS):
        found = [match[0] for match in _PLACEHOLDER.finditer(text)]
        for words in dict.fromkeys(found):
            times = "" if found.count(words) == 1 else f" ({found.count(words)} times)"
            yield placeholder.at(row, field, f"Placeholder text: “{words}”{times}; write what it stands for.")


@check_each("prose.empty-item", WARNING, needs=texts_read)
def empty_item(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A list item or a line that says nothing but “…”."""
    for row, field, text in suspects(data, kind, DOTS):
        value = getattr(row, field)
        if isinstance(value, tuple):
            cured: Any = tuple(item for item in value if not _DOTS.fullmatch(item))
        else:
            cured = kind[field].type.clean(_ONLY_DOTS.sub("", text))
        if cured != value:
            words = "A list item says nothing but “…”; finish it or take it out."
            yield empty_item.at(row, field, words, [setting(row, "Take it out", CLEAR, **{field: cured})])


@check("section.empty", NOTE, kinds=of("section", "body", "parent"))
def section_empty(data: PlanData) -> Iterator[Finding]:
    """A section that has neither a text nor sections of its own, so that only its heading is printed."""
    above = {row.parent for row in data.all(Section).values()}
    for row in data.all(Section).values():
        if not row.body.strip() and row.id not in above:
            yield section_empty.at(
                row, "body", "This section has a heading and no text; write it, or remove the section."
            )
