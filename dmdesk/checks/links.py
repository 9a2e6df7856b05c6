"""Checks of links that hold words instead of a row: codes and names the plan does not know, notes, several at once.

Each such link is reported by one of these checks only, the one that knows most about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.checks.finding import ERROR, WARNING, Finding, check_each
from dmdesk.checks.naming import a_kind, loose_links, named
from dmdesk.kinds import Entity, Field, Kind, kind_of
from dmdesk.reading import PlanData

NOTE, SEVERAL, MALFORMED, UNKNOWN, PLAIN = "note", "several", "malformed", "unknown", "plain"
NOTE_FIELDS = ("note", "comment")
"""Where a note belongs, in the kinds that have a place for it."""

_WITH_NOTE = re.compile(r"(?P<head>[^()\[\]]+?)\s*[(\[](?P<note>[^()\[\]]+)[)\]]")
_BETWEEN = re.compile(r"\s*[/;]\s*|\s+(?:and|&|or)\s+|\s*,\s+")
_PARTS_OF_SHAPE = re.compile(r"([0-9]+)|([A-Za-z]+)")


@dataclass(frozen=True)
class OpenLink:
    """A link that holds words: whose, in which field, what they say, and what sort of words they are."""

    row: Entity
    field: Field
    words: str
    sort: str

    def replaced(self, links: tuple[str, ...], **others: str) -> tuple[Change, ...]:
        """The change that puts these links in place of the words, and sets other fields of the row."""
        old, own = getattr(self.row, self.field.name), t.UNRESOLVED + self.words
        value = (
            links[0]
            if isinstance(old, str)
            else tuple(new for link in old for new in (links if link == own else (link,)))
        )
        return (put(self.row, {self.field.name: value, **others}),)


def open_links(data: PlanData, kind: Kind, sort: str) -> list[OpenLink]:
    """The links of a kind's rows that hold words of this sort."""
    names = ("wbs", kind.name, *dict.fromkeys(field.target for field in kind.links))
    return data.memo(f"open links {kind.name}", names, lambda: _sorts(data, kind)).get(sort, [])


def _sorts(data: PlanData, kind: Kind) -> dict[str, list[OpenLink]]:
    found: dict[str, list[OpenLink]] = {}
    for row, field, link in loose_links(data, kind):
        words = t.unresolved(link)
        if words:
            sort = _sort(data, field, words)
            found.setdefault(sort, []).append(OpenLink(row, field, words, sort))
    return found


def _sort(data: PlanData, field: Field, words: str) -> str:
    if note_in(words):
        return NOTE
    parts = _several(data, field.target, words)
    if parts:
        return SEVERAL
    if field.target == "wbs":
        return UNKNOWN if well_formed(data, words) else MALFORMED
    return PLAIN


def note_in(words: str) -> tuple[str, str] | None:
    """The name and the note in words such as “Jeff Kantor (moving to Chile)”; a bracketed abbreviation is no note."""
    match = _WITH_NOTE.fullmatch(words.strip())
    if match and (" " in match["note"].strip() or match["note"].islower()):
        return match["head"], match["note"]
    return None


def _several(data: PlanData, kind: str, words: str) -> list[str]:
    """The parts of words that name several rows at once; of people any parts, of other kinds only parts that exist."""
    parts = [part for part in _BETWEEN.split(words) if part]
    if len(parts) < 2:
        return []
    people = kind == "person" and re.search(r"[/;&]| and ", words)
    return parts if people or all(named(data, kind, part) for part in parts) else []


def well_formed(data: PlanData, code: str) -> bool:
    """Whether the words are a WBS code written like those of the plan: parts of the same shapes at the same depths.

    Below the deepest code of the plan, parts must have the shape of those at its deepest level.
    """
    if not trees.looks_like_code(code):
        return False
    known = data.memo("shapes of WBS codes", ("wbs",), lambda: _shapes(data))
    return not known or all(
        _shape(part) in known[min(depth, len(known) - 1)] for depth, part in enumerate(code.split("."))
    )


def _shapes(data: PlanData) -> list[set[str]]:
    shapes: list[set[str]] = []
    for code in data.by_key("wbs"):
        for depth, part in enumerate(code.split(".")):
            if depth == len(shapes):
                shapes.append(set())
            shapes[depth].add(_shape(part))
    return shapes


@lru_cache(maxsize=10_000)
def _shape(part: str) -> str:
    """02C → 00A: what is a digit, what is a letter."""
    return _PARTS_OF_SHAPE.sub(lambda run: ("0" if run[1] else "A") * len(run[0]), part)


@check_each("wbs.unknown", WARNING)
def unknown_code(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A WBS code that the plan has no element for; until it has, the nearest element above stands for it."""
    for link in open_links(data, kind, UNKNOWN):
        near = data.get("wbs", trees.finest(data.by_key("wbs"), link.words))
        if near is None:
            yield unknown_code.at(
                link.row, link.field.name, f"“{link.words}” is not a WBS element, nor is any code above it."
            )
        else:
            words = f"“{link.words}” is not a WBS element; the nearest is {data.key(near)}."
            fix = link.replaced((near.id,))
            yield unknown_code.at(link.row, link.field.name, words, fix, f"Link {data.key(near)} instead")


@check_each("wbs.malformed", ERROR)
def malformed_code(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Words in place of a WBS code that are not written like the plan's codes."""
    for link in open_links(data, kind, MALFORMED):
        near = data.get("wbs", trees.finest(data.by_key("wbs"), link.words))
        words = f"“{link.words}” is not written like a WBS code of this plan"
        if near is None:
            yield malformed_code.at(link.row, link.field.name, f"{words}.")
        else:
            words = f"{words}; the nearest is {data.key(near)}."
            fix = link.replaced((near.id,))
            yield malformed_code.at(link.row, link.field.name, words, fix, f"Link {data.key(near)} instead")


@check_each("link.note", WARNING)
def note_typed(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A note typed into a cell that should hold a name only, such as “(moving to …)”."""
    for link in open_links(data, kind, NOTE):
        head, note = note_in(link.words) or ("", "")
        words = f"“{link.words}” holds a note: “{note}”"
        target = named(data, link.field.target, head)
        place = next((name for name in NOTE_FIELDS if name in kind), "")
        if not place:
            yield note_typed.at(link.row, link.field.name, f"{words}; keep only the name here.")
            continue
        kept = f"{link.field.label}: {link.words}"
        noted = "\n".join(part for part in (getattr(link.row, place), kept) if part)
        fix = link.replaced((target.id if target else t.UNRESOLVED + head,), **{place: noted})
        label = kind[place].label
        yield note_typed.at(
            link.row,
            link.field.name,
            f"{words}; it belongs in “{label}”.",
            fix,
            f"Link “{head}” and keep the note",
        )


@check_each("link.several", WARNING)
def several(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Several names typed into the place of one, such as “A/B”."""
    for link in open_links(data, kind, SEVERAL):
        parts = _several(data, link.field.target, link.words)
        words = f"“{link.words}” names {len(parts)} at once"
        if not isinstance(link.field.type, t.ToMany_):
            yield several.at(link.row, link.field.name, f"{words}; “{link.field.label}” has room for one.")
            continue
        targets = [named(data, link.field.target, part) for part in parts]
        ids = tuple(row.id if row else t.UNRESOLVED + part for row, part in zip(targets, parts, strict=True))
        yield several.at(
            link.row,
            link.field.name,
            f"{words}; each should stand by itself.",
            link.replaced(ids),
            "Take them apart",
        )


@check_each("link.unresolved", ERROR)
def unresolved(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Words in the place of a link that name nothing of the right kind in the plan."""
    for link in open_links(data, kind, PLAIN):
        same = named(data, link.field.target, link.words)
        if same is not None:
            title = data.title(same)
            fix = link.replaced((same.id,))
            words = f"“{link.words}” is not linked, but names “{title}”."
            yield unresolved.at(link.row, link.field.name, words, fix, f"Link “{title}”")
            continue
        words = f"“{link.words}” is not {a_kind(link.field.target)} of this plan"
        other = data.anywhere(link.words)
        if other is not None:
            words += f"; there is {a_kind(kind_of(other).name)} of that key: “{data.title(other)}”"
        yield unresolved.at(link.row, link.field.name, f"{words}.")
