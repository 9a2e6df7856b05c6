"""Checks of links that hold words instead of a row: codes and names the plan does not know, notes, several at once.

Each such link is reported by one of these checks only, the one that knows most about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, add, put
from dmdesk.checks import holders
from dmdesk.checks.finding import ERROR, WARNING, Finding, Fix, check_each, every_key, named_by, of
from dmdesk.checks.fixing import CLEAR, CREATE, KEEP, LINK, NOTE_FIELDS, missing, note_place, noted
from dmdesk.checks.naming import a_kind, in_words, key_for, loose_links, loose_read, named, near
from dmdesk.kinds import Entity, Field, Kind, kind_of, kinds
from dmdesk.reading import PlanData
from dmdesk.values import frozen

NOTE, SEVERAL, MALFORMED, UNKNOWN, NOBODY, PLAIN = (
    "note",
    "several",
    "malformed",
    "unknown",
    "nobody",
    "plain",
)
_WITH_NOTE = re.compile(r"(?P<head>[^()\[\]]+?)\s*[(\[](?P<note>[^()\[\]]+)[)\]]")
_BETWEEN = re.compile(r"\s*[/;]\s*|\s+(?:and|&|or)\s+|\s*,\s+")
_PARTS_OF_SHAPE = re.compile(r"([0-9]+)|([A-Za-z]+)")


@frozen
class OpenLink:
    """A link that holds words: whose, in which field, what they say, and what sort of words they are."""

    row: Entity
    field: Field
    words: str
    sort: str

    def replaced(self, links: tuple[str, ...], **others: str) -> tuple[Change, ...]:
        """The change that puts these links in place of the words, and sets other fields of the row."""
        old, own = getattr(self.row, self.field.name), t.UNRESOLVED + self.words
        value: str | tuple[str, ...]
        if isinstance(old, str):
            value = links[0] if links else ""
        else:
            value = tuple(new for link in old for new in (links if link == own else (link,)))
        return (put(self.row, {self.field.name: value, **others}),)

    def linked(self, data: PlanData, target: Entity, way: str = LINK, instead: str = "") -> Fix:
        """The fix that links a row in place of the words."""
        name = data.key(target) if kind_of(target).name == "wbs" else f"“{data.title(target)}”"
        return Fix(f"Link {name}{instead}", self.replaced((target.id,)), way)

    def given_up(self) -> Iterator[Fix]:
        """The fixes that take the words out of the link: into the note where there is one, or altogether."""
        place = note_place(self.row)
        if place:
            label = kind_of(self.row)[place].label
            kept = self.replaced((), **noted(self.row, self.field.name, self.words))
            yield Fix(f"Keep the words in “{label}” only", kept, KEEP)
        yield Fix(f"Remove “{self.words}”", self.replaced(()), CLEAR)

    def created(self, data: PlanData) -> Fix:
        """The fix that adds the row which the words seem to name, and links it."""
        kind = kinds()[self.field.target]
        key = key_for(data, kind, self.words)
        titled = {kind.title: self.words} if kind.title and kind.title != kind.key else {}
        return self.adding(
            data, key, {kind.key: key, **titled}, f"Add the {in_words(kind.name)} “{self.words}”"
        )

    def adding(self, data: PlanData, key: str, values: dict[str, str], title: str) -> Fix:
        """The fix that adds a row of the link's kind with these values and links it."""
        made = missing(data, self.field.target, key, values)
        return Fix(title, (add(made), *self.replaced((made.id,))), CREATE)


@cache
def links_read(kind: Kind) -> tuple[str, ...]:
    """What open links and their fixes depend on: the links, the notes beside them, and the names of their targets."""
    if not kind.links:
        return ()
    notes = of(kind.name, *(name for name in NOTE_FIELDS if name in kind))
    targets = dict.fromkeys(("wbs", *(field.target for field in kind.links)))
    others = holders.NAMES if "person" in targets else ()
    return (*loose_read(kind), *notes, *(name for target in targets for name in named_by(target)), *others)


def links_and_keys_read(kind: Kind) -> tuple[str, ...]:
    """The same, and the keys of all kinds, for words that may name something of another kind."""
    return (*links_read(kind), *every_key()) if kind.links else ()


def open_links(data: PlanData, kind: Kind, sort: str) -> list[OpenLink]:
    """The links of a kind's rows that hold words of this sort."""
    of_kind = data.memo(f"open links {kind.name}", links_read(kind), lambda: _sorts(data, kind))
    return of_kind.get(sort, [])


def _sorts(data: PlanData, kind: Kind) -> dict[str, list[OpenLink]]:
    found: dict[str, list[OpenLink]] = {}
    for row, field, link in loose_links(data, kind):
        words = t.unresolved(link)
        if words and field.name != kind.parent:
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
    if field.target == "person" and not named(data, "person", words) and holders.meant(data, words):
        return NOBODY
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
    known = data.memo("shapes of WBS codes", ("wbs.key",), lambda: _shapes(data))
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


@check_each("wbs.unknown", WARNING, needs=links_read)
def unknown_code(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A WBS code the plan has no element for, such as one finer than any; the nearest above stands for it."""
    for link in open_links(data, kind, UNKNOWN):
        near = _nearest(data, link)
        if near is None:
            words = f"“{link.words}” is not a WBS element, nor is any code above it."
        else:
            words = f"“{link.words}” is not a WBS element; the nearest is {data.key(near)}."
        yield unknown_code.at(link.row, link.field.name, words, _code_fixes(data, link, near))


@check_each("wbs.malformed", ERROR, needs=links_read)
def malformed_code(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Words in place of a WBS code that are not written like the plan's codes."""
    for link in open_links(data, kind, MALFORMED):
        near = _nearest(data, link)
        words = f"“{link.words}” is not written like a WBS code of this plan"
        words += f"; the nearest is {data.key(near)}." if near else "."
        yield malformed_code.at(link.row, link.field.name, words, _code_fixes(data, link, near))


def _nearest(data: PlanData, link: OpenLink) -> Entity | None:
    return data.get("wbs", trees.finest(data.by_key("wbs"), link.words))


def _code_fixes(data: PlanData, link: OpenLink, near: Entity | None) -> Iterator[Fix]:
    if near is not None:
        yield link.linked(data, near, "link the nearest", " instead")
        place = note_place(link.row)
        if place:
            kept = link.replaced((near.id,), **noted(link.row, link.field.name, link.words))
            label = kind_of(link.row)[place].label
            yield Fix(
                f"Link {data.key(near)} and keep the code in “{label}”", kept, "link the nearest and note"
            )
    if link.sort == UNKNOWN:
        values = {"key": link.words, "name": link.words, "parent": near.id if near else ""}
        yield link.adding(data, link.words, values, f"Add the WBS element {link.words}")
    yield from link.given_up()


@check_each("link.note", WARNING, needs=links_read)
def note_typed(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A note typed into a cell that should hold a name only, such as “(moving to …)”."""
    for link in open_links(data, kind, NOTE):
        head, note = note_in(link.words) or ("", "")
        words = f"“{link.words}” holds a note: “{note}”"
        place = note_place(link.row)
        words += f"; it belongs in “{kind[place].label}”." if place else "; keep only the name here."
        yield note_typed.at(link.row, link.field.name, words, _note_fixes(data, link, head, bool(place)))


def _note_fixes(data: PlanData, link: OpenLink, head: str, place: bool) -> Iterator[Fix]:
    target = named(data, link.field.target, head)
    own = target.id if target else t.UNRESOLVED + head
    if place:
        kept = link.replaced((own,), **noted(link.row, link.field.name, link.words))
        yield Fix(f"Link “{head}” and keep the note", kept, "link and note")
    yield Fix(f"Link “{head}” and drop the note", link.replaced((own,)), LINK)
    yield from link.given_up()


@check_each("link.several", WARNING, needs=links_read)
def several(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Several names typed into the place of one, such as “A/B”."""
    for link in open_links(data, kind, SEVERAL):
        parts = _several(data, link.field.target, link.words)
        words = f"“{link.words}” names {len(parts)} at once"
        many = isinstance(link.field.type, t.ToMany_)
        words += "; each should stand by itself." if many else f"; “{link.field.label}” has room for one."
        yield several.at(link.row, link.field.name, words, _several_fixes(data, link, parts, many))


def _several_fixes(data: PlanData, link: OpenLink, parts: list[str], many: bool) -> Iterator[Fix]:
    targets = [named(data, link.field.target, part) for part in parts]
    ids = tuple(row.id if row else t.UNRESOLVED + part for row, part in zip(targets, parts, strict=True))
    if many:
        yield Fix("Take them apart", link.replaced(ids), "take apart")
    for part, id in zip(parts, ids, strict=True):
        kept = noted(link.row, link.field.name, link.words)
        yield Fix(
            f"Link “{part}” only" + (", noting the rest" if kept else ""), link.replaced((id,), **kept), LINK
        )
    yield from link.given_up()


def _holders_read(kind: Kind) -> tuple[str, ...]:
    return (*links_read(kind), *holders.READ) if any(one.target == "person" for one in kind.links) else ()


@check_each("link.no-person", WARNING, needs=_holders_read)
def no_person(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A role, a group, a team or an institution typed in the place of a person; somebody with a name has to answer."""
    for link in open_links(data, kind, NOBODY):
        meant = holders.meant(data, link.words)
        if meant is not None:
            words = f"“{link.words}” is {a_kind(kind_of(meant).name)} and not a person; name somebody who answers."
            linked = [link.linked(data, one, "link its holder") for one in holders.holders(data, meant)]
            yield no_person.at(link.row, link.field.name, words, (*linked, *link.given_up()))


@check_each("link.unresolved", ERROR, needs=links_and_keys_read)
def unresolved(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """Words in the place of a link that name nothing of the right kind in the plan."""
    for link in open_links(data, kind, PLAIN):
        yield unresolved.at(
            link.row, link.field.name, _unresolved_in_words(data, link), _unresolved_fixes(data, link)
        )


def _unresolved_in_words(data: PlanData, link: OpenLink) -> str:
    same = named(data, link.field.target, link.words)
    if same is not None:
        return f"“{link.words}” is not linked, but names “{data.title(same)}”."
    words = f"“{link.words}” is not {a_kind(link.field.target)} of this plan"
    other = data.anywhere(link.words)
    if other is not None:
        words += f"; there is {a_kind(kind_of(other).name)} of that key: “{data.title(other)}”"
    return f"{words}."


def _unresolved_fixes(data: PlanData, link: OpenLink) -> Iterator[Fix]:
    same = named(data, link.field.target, link.words)
    if same is not None:
        yield link.linked(data, same)
        return
    for row in near(data, link.field.target, link.words):
        yield link.linked(data, row, "link the nearest")
    if kinds()[link.field.target].key:
        yield link.created(data)
    yield from link.given_up()


@check_each("tree.orphan", ERROR, needs=links_and_keys_read)
def orphan(data: PlanData, kind: Kind) -> Iterator[Finding]:
    """A row whose parent is not in the plan, so that it stands at the top of its tree until it is given a place."""
    for row, field, link in loose_links(data, kind):
        if field.name != kind.parent:
            continue
        words = t.unresolved(link)
        above = f"“{words}”" if words else f"a {in_words(kind.name)} that is no longer in the plan"
        said = f"This {in_words(kind.name)} is part of {above}, which names none; give it a place."
        if not words:
            said = f"This {in_words(kind.name)} is part of {above}; give it a place."
        fixes = list(_unresolved_fixes(data, OpenLink(row, field, words, PLAIN))) if words else []
        fixes = [fix for fix in fixes if fix.way not in (CLEAR, KEEP)]
        top = Fix("Let it stand at the top", (put(row, {field.name: ""}),), CLEAR)
        yield orphan.at(row, field.name, said, (*fixes, top))
