"""Checks of texts: references that name nothing, placeholders left behind, list items without words.

All texts of a field are searched for a few fixed words in one go first, so that a plan of any size is read in a blink.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from dmdesk import types as t
from dmdesk.changes import put
from dmdesk.checks.finding import ERROR, WARNING, Finding, all_kinds, check_each, just_itself
from dmdesk.kinds import Entity, Kind
from dmdesk.reading import PlanData

_REFERENCE = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.DOTALL | re.MULTILINE)

_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TBC|TBR|TBW|FIXME|TODO|XXX+)\b|\b[A-Z]{2,}-[xX]{2,}\b|\?\?\?"
    r"|(?i:\bto be (?:determined|defined|decided|confirmed|written|supplied)(?=\s*(?:[.;,)\]]|$)))"
    r"|(?i:\bcite the\b.{0,80}?\bonce issued\b|\bonce issued\b|\blorem ipsum\b|\[insert\b[^\]\n]*\])"
)
_ONLY_DOTS = re.compile(r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+(?:…|\.\.\.+)[ \t]*$\n?", re.MULTILINE)
_DOTS = re.compile(r"…|\.\.\.+")

REFERENCES, PLACEHOLDERS, DOTS = "references", "placeholders", "dots"
_MARKERS = {
    REFERENCES: ("[[",),
    PLACEHOLDERS: (
        "tbd", "tbc", "tbr", "tbw", "fixme", "todo", "xxx", "-xx", "???", "to be determined", "to be defined",
        "to be decided", "to be confirmed", "to be written", "to be supplied", "once issued", "lorem ipsum", "[insert",
    ),
    DOTS: ("…", "..."),
}  # fmt: skip
"""Lower-case words one of which is in every text that a check has to read."""

Suspect = tuple[Entity, str, str]
"""A row, a field of it, and the field's text."""


def suspects(data: PlanData, kind: Kind, what: str) -> list[Suspect]:
    """The texts of a kind that hold a marker of what is looked for, found in one pass for all checks of this family."""
    return data.memo(f"suspects {kind.name}", (kind.name,), lambda: _suspects(data, kind))[what]


def _suspects(data: PlanData, kind: Kind) -> dict[str, list[Suspect]]:
    found: dict[str, list[Suspect]] = {what: [] for what in _MARKERS}
    for field in kind.fields:
        if field.type not in (t.PROSE, t.ITEMS, t.LINE):
            continue
        get = attrgetter(field.name)
        filled = [(row, _text(value)) for row in data.rows(kind.name).values() if (value := get(row))]
        everything = "\n".join([text for _, text in filled]).lower()
        for what, markers in _MARKERS.items():
            there = [marker for marker in markers if marker in everything]
            if there and (what == PLACEHOLDERS or field.type != t.LINE):
                found[what] += [
                    (row, field.name, text)
                    for row, text in filled
                    if any(map(text.lower().__contains__, there))
                ]
    return found


def _text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, tuple) else value


@check_each("prose.reference", ERROR, needs=all_kinds)
def reference(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A [[reference]] in a text that names nothing in the plan."""
    for row, field, text in suspects(data, kind, REFERENCES):
        for key in dict.fromkeys(_REFERENCE.findall(_CODE.sub("", text))):
            if data.anywhere(key.strip()) is None:
                yield reference.at(row, field, f"[[{key}]] names nothing in this plan.")


@check_each("prose.placeholder", WARNING, needs=just_itself)
def placeholder(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Placeholder text, such as “TBD” or “cite the … once issued”, to be replaced before the plan is printed."""
    for row, field, text in suspects(data, kind, PLACEHOLDERS):
        found = [match[0] for match in _PLACEHOLDER.finditer(text)]
        for words in dict.fromkeys(found):
            times = "" if found.count(words) == 1 else f" ({found.count(words)} times)"
            yield placeholder.at(row, field, f"Placeholder text: “{words}”{times}.")


@check_each("prose.empty-item", WARNING, needs=just_itself)
def empty_item(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A list item that says nothing but “…”."""
    for row, field, text in suspects(data, kind, DOTS):
        value = getattr(row, field)
        if isinstance(value, tuple):
            cured: Any = tuple(item for item in value if not _DOTS.fullmatch(item))
        else:
            cured = _ONLY_DOTS.sub("", text)
        if cured != value:
            words = "A list item says nothing but “…”; finish it or take it out."
            yield empty_item.at(row, field, words, [put(row, {field: cured})], "Take it out")
