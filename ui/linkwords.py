"""Link words: what people type to name rows, and which rows that names.

Words that name nothing are kept as they are and marked, so nobody has to create a row before they can refer to it.
"""

from __future__ import annotations

from typing import NamedTuple

from dmdesk import types as t
from dmdesk.kinds import Field
from dmdesk.reading import PlanData
from ui.models.cells import full_name


class Names(NamedTuple):
    """What a link to a kind can be called: in full, in order, and every other name in small letters → id."""

    shown: list[str]
    ids: dict[str, str]


def names(data: PlanData, kind: str) -> Names:
    """All names of the rows of a kind; kept until one of its rows changes."""
    return data.memo(f"names of {kind}", (kind,), lambda: _names(data, kind))


def _names(data: PlanData, kind: str) -> Names:
    shown: list[str] = []
    ids: dict[str, str] = {}
    for row in data.in_order(kind):
        words = full_name(data, row)
        shown.append(words)
        for other in (words, data.key(row), data.title(row), *getattr(row, "aka", ())):
            ids.setdefault(other.casefold(), row.id)
    return Names(shown, ids)


def words_of(data: PlanData, field: Field, link: str) -> str:
    """The words of one link: its row's name, or what was typed."""
    row = data.get(field.target, link)
    return full_name(data, row) if row is not None else t.unresolved(link) or link


def read(data: PlanData, field: Field, text: str) -> tuple[str, ...]:
    """The links that typed words stand for; several are parted by commas or semicolons."""
    text = t.one_line(text)
    if not text:
        return ()
    ids = names(data, field.target).ids
    if text.casefold() in ids:
        return (ids[text.casefold()],)
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    if len(parts) > 1 and isinstance(field.type, t.ToMany_) and any(part.casefold() in ids for part in parts):
        return tuple(dict.fromkeys(ids.get(part.casefold(), t.UNRESOLVED + part) for part in parts if part))
    return (t.UNRESOLVED + text.lstrip(t.UNRESOLVED),) if text.strip(t.UNRESOLVED) else ()
