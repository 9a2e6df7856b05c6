"""Renumbering: a WBS element moves, and every place that names it or anything below it follows, as one step.

Codes are text that people also write into prose and into links that name nothing yet; a move that forgets one of
them leaves a plan that contradicts itself. Old codes stay known as other names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dmdesk import trees
from dmdesk import types as t
from dmdesk.changes import Change, put
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.naming import renamed
from dmdesk.reading import PlanData
from dmdesk.values import frozen

_CODE = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*")
_MENTION = re.compile(r"\S+://\S+|\[\[([^\[\]\n]+)\]\]|[\w.]+")
"""Addresses, which stay as they are; references; runs of letters, digits and points that may be a code."""

Reference = tuple[Entity, str, str, str]
"""A row, one of its fields, and a code in it before and after."""


@frozen
class Renumbering:
    """What a move does: the changes of its one step, (old, new) of each code, and every other place that follows."""

    changes: list[Change]
    codes: list[tuple[str, str]]
    references: list[Reference]


def moved(data: PlanData, element: Entity, new_code: str, new_parent: Entity | None = None) -> Renumbering:
    """Give a WBS element another code, and those below it theirs in turn.

    Without ``new_parent`` the element goes below the finest element whose code begins the new one; where there is
    none, it stays below the one it is below.

    Raises:
        PlanError: the code is malformed or taken, is the element's own, or lies below the element.
    """
    family = {row.id: row for row in (element, *trees.below(data.children("wbs"), element.id))}
    new_code = t.one_line(new_code)
    _refuse(data, element, new_code, new_parent, family)
    new_codes = _new_codes(data, family, data.key(element), new_code)
    _refuse_taken(data, new_codes)
    values: dict[str, dict[str, Any]] = {id: {"key": code} for id, code in new_codes.items()}
    parent = new_parent.id if new_parent else _parent(data, new_code, family)
    if parent:
        values[element.id]["parent"] = parent
    references: list[Reference] = []
    rows = {id: family[id] for id in values}
    for row, field, value, mentions in _followed(data, new_codes):
        rows[row.id] = row
        values.setdefault(row.id, {})[field] = value
        references += [(row, field, old, new) for old, new in mentions]
    changes = [put(row, renamed(row, values[id])) for id, row in rows.items()]
    codes = [(data.key(family[id]), code) for id, code in new_codes.items()]
    return Renumbering([change for change in changes if change.fields], codes, references)


def _refuse(
    data: PlanData, element: Entity, new_code: str, new_parent: Entity | None, family: Mapping[str, Entity]
) -> None:
    code = data.key(element)
    if not _CODE.fullmatch(new_code):
        like = "letters and digits in parts with points between them, such as 1.02C.08.05"
        raise PlanError(f"“{new_code}” is not written like a WBS code ({like}); nothing was changed.")
    if new_code == code and new_parent is None:
        raise PlanError(f"“{data.title(element)}” has the code {code} already; nothing was changed.")
    if (code and new_code.startswith(f"{code}.")) or (new_parent and new_parent.id in family):
        raise PlanError(f"{code or data.title(element)} cannot be moved below itself; choose another code.")


def _new_codes(data: PlanData, family: Mapping[str, Entity], old: str, new: str) -> dict[str, str]:
    """The new code of each element, by id; one below it whose code does not begin with the old one keeps its own."""
    found: dict[str, str] = {}
    for place, (id, row) in enumerate(family.items()):
        key = data.key(row)
        if place == 0:
            found[id] = new
        elif old and key.startswith(f"{old}."):
            found[id] = new + key[len(old) :]
    return found


def _refuse_taken(data: PlanData, new_codes: Mapping[str, str]) -> None:
    wanted = set(new_codes.values())
    for id, row in data.rows("wbs").items():
        code = data.key(row)
        if code in wanted and id not in new_codes:
            raise PlanError(f"{code} is the code of “{data.title(row)}” already; nothing was changed.")


def _parent(data: PlanData, new_code: str, family: Mapping[str, Entity]) -> str:
    """The id of the finest element, of those that stay, whose code begins the new one; "" when there is none."""
    staying = {code: id for code, id in data.by_key("wbs").items() if id not in family}
    return trees.finest(staying, new_code.rpartition(".")[0])


# -- what names the codes


def _followed(
    data: PlanData, new_codes: Mapping[str, str]
) -> Iterator[tuple[Entity, str, Any, list[tuple[str, str]]]]:
    """(row, field, new value, [(code, new code)]) of each field that names one of the codes."""
    follow = _follow(data, new_codes)
    old = data.key(data.rows("wbs")[next(iter(new_codes))])
    for kind in kinds() if old else ():
        for name, is_link in _fields(kind):
            for row in data.rows(kind.name).values():
                value = getattr(row, name)
                texts = value if isinstance(value, tuple) else (value,)
                if not any(old in text for text in texts):
                    continue
                mentions: list[tuple[str, str]] = []
                new = tuple(
                    text if is_link and not t.unresolved(text) else follow(text, mentions) for text in texts
                )
                if mentions:
                    yield row, name, new if isinstance(value, tuple) else new[0], mentions


def _fields(kind: Kind) -> Iterator[tuple[str, bool]]:
    """(field, whether it is a link) of what may name a code; other names and the change record tell of old and stay."""
    for field in kind.fields if kind.name != "revision" else ():
        if field.target == "wbs":
            yield field.name, True
        elif field.type in (t.PROSE, t.LINE, t.ITEMS):
            yield field.name, False


def _follow(data: PlanData, new_codes: Mapping[str, str]) -> Callable[[str, list[tuple[str, str]]], str]:
    """What rewrites a text and notes the codes it found there."""
    ids = data.by_key("wbs")

    def code_after(code: str, *, sure: bool) -> str:
        """The code afterwards; a finer one than any element's follows the nearest element above it."""
        if not code or (code not in ids and not trees.looks_like_code(code)) or not (sure or "." in code):
            return code
        id = trees.finest(ids, code)
        return code if id not in new_codes else new_codes[id] + code[len(data.key(data.rows("wbs")[id])) :]

    def follow(text: str, mentions: list[tuple[str, str]]) -> str:
        def rewritten(match: re.Match[str]) -> str:
            reference = match[1] is not None
            if "://" in match[0] or (reference and not _means_wbs(data, match[1])):
                return match[0]
            name = match[1].strip().removeprefix("wbs:") if reference else match[0].strip(".")
            code = code_after(name, sure=reference or text == t.UNRESOLVED + name)
            if code == name:
                return match[0]
            mentions.append((name, code))
            return code.join(match[0].rsplit(name, 1))

        return _MENTION.sub(rewritten, text)

    return follow


def _means_wbs(data: PlanData, key: str) -> bool:
    """Whether a reference names a WBS element, or nothing as yet."""
    row = data.anywhere(key.strip())
    return kind_of(row).name == "wbs" if row is not None else ":" not in key or key.strip().startswith("wbs:")
