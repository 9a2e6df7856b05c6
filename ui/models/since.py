"""Since: what a cell was in the last baseline, in words, and the sign that it is something else now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dmdesk.kinds import Entity, Field, Kind
from dmdesk.reading import PlanData
from dmdesk.types import LINE, PROSE, RANK
from ui.models.source import Source
from ui.words import differing, short, shown

if TYPE_CHECKING:
    from dmdesk.comparing.since import Since

ADDED, CHANGED, MOVED, BELOW = "added", "changed", "moved", "changed below"
SIGNS = {ADDED: "+", CHANGED: "•", MOVED: "↕"}
"""What stands before a row that was added, changed or moved since the baseline."""


class Was(NamedTuple):
    """What became of a cell or row since the baseline (added, changed, moved), and a sentence that says what it was.

    ``what`` is “changed below” for a row that is as it was while rows that it hides are not.
    """

    what: str
    words: str

    @property
    def sentence(self) -> str:
        """The words as they stand alone."""
        return f"{self.words[:1].upper()}{self.words[1:].rstrip('.')}."


def was_at(source: Source, kind: Kind, row: Entity | None, field: Field | None, first: bool) -> Was | None:
    """What a cell was, of the ``first`` of a row what the row was; None when it is as it was, or nobody knows."""
    since = source.since
    if since is None or row is None:
        return None
    return was_row(source.data, since, kind, row) if first else was_cell(source.data, since, kind, row, field)


def was_cell(data: PlanData, since: Since, kind: Kind, row: Entity, field: Field | None) -> Was | None:
    """What a field was, None when it is the same; of added rows no field says so."""
    if field is None or field.name not in since.fields(row, kind):
        return None
    return Was(CHANGED, was_words(data, since, kind, row, field))


def was_row(data: PlanData, since: Since, kind: Kind, row: Entity) -> Was | None:
    """What became of a row, with all that it was."""
    op = since.op(kind.name, row.id)
    if not op:
        return None
    if op == ADDED:
        return Was(ADDED, f"Added since {since.version}.")
    names = since.fields(row, kind)
    told = []
    for name in names:
        field = kind[name]
        if field.type is RANK:
            told.append(f"It stood elsewhere among its siblings in {since.version}.")
        else:
            told.append(f"{field.label}: {was_words(data, since, kind, row, field)}")
    return Was(MOVED if since.moved(row, kind) else CHANGED, "\n".join(told))


def in_short(since: Since | None, kind: Kind, row: Entity) -> Was | None:
    """What became of a row, where its fields do not say it already: added, moved, changed in several."""
    if since is None or not (op := since.op(kind.name, row.id)):
        return None
    if op == ADDED:
        return Was(ADDED, f"added since {since.version}")
    names = since.fields(row, kind)
    labels = [kind[name].label for name in names if kind[name].type is not RANK]
    if since.moved(row, kind):
        return Was(MOVED, f"moved since {since.version}{f': {_listed(labels)}' if labels else ''}")
    return Was(CHANGED, f"changed since {since.version}: {_listed(labels)}") if len(labels) > 1 else None


def _listed(labels: list[str]) -> str:
    return ", ".join(label.lower() if not label[:2].isupper() else label for label in labels)


def was_words(data: PlanData, since: Since, kind: Kind, row: Entity, field: Field) -> str:
    """The sentence for a field that is not what it was: “was “Header Generator” in 3.0”."""
    before = since.was(kind.name, row.id)
    value = getattr(before, field.name) if before is not None else field.type.empty
    if isinstance(value, bool):
        return f"was {'yes' if value else 'no'} in {since.version}"
    if value == field.type.empty:
        return f"was empty in {since.version}"
    if not field.type.typed:
        return f"was {field.type.show(value)} in {since.version}"
    now = getattr(row, field.name)
    if field.type in (LINE, PROSE) and value and now:
        words = differing(value, now)[0]
    else:
        words = short(shown(since.old, field, value))
    return f"was “{words}” in {since.version}"


def with_below(since: Since | None, own: Was | None, hidden: int) -> Was | None:
    """What became of a row, and that so many rows below it, which are not to be seen, are not as they were either."""
    if since is None or not hidden:
        return own
    rows = "1 row below is" if hidden == 1 else f"{hidden:,} rows below are"
    words = f"{rows} not as in {since.version}."
    return Was(BELOW, words) if own is None else Was(own.what, f"{own.sentence}\n{words}")


def counted_below(since: Since | None, kind: Kind, above: Mapping[str, str]) -> Counter[str]:
    """For each row of a tree how many rows below it are not as they were; ``above`` has the parent of each."""
    found: Counter[str] = Counter()
    for id in since.ids(kind.name) if since is not None else ():
        seen = {id}
        while (id := above.get(id, "")) and id not in seen:
            seen.add(id)
            found[id] += 1
    return found
