"""A history as text: steps with their days and authors, made again on a plan that begins where they begin.

Each ``[[step]]`` says ``at``, ``who``, ``title``, and where it applies ``why`` and ``rfc``; then what it did, in this
order: ``drop``, ``renumber``, ``change``, ``add``, and ``after``, which is changed once ``seal`` has sealed a version.
Rows are named by kind and key, as in “product HEADER”; times such as “now-30h” count from when it is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dmdesk import types as t
from dmdesk.baselines import Terms
from dmdesk.canon import Entry, keyed, parsed
from dmdesk.changes import Change, add, drop_all, put
from dmdesk.errors import PlanError
from dmdesk.kinds import Entity, Kind, derived_id, kind_of, kinds
from dmdesk.outcome import preview
from dmdesk.plan import Plan
from dmdesk.reading import PlanData
from dmdesk.renumber import moved

_TIME = re.compile(r"now([+-]\d{1,6})h")
OF, REPLACE = "of", "replace"


def retell(plan: Plan, source: Path, moment: datetime) -> None:
    """Make the steps of the history in ``source`` on the plan; ``moment`` is what “now” stands for in it.

    Raises:
        PlanError: the text has a mistake, or names what is not in the plan; the message names the step.
    """
    try:
        words = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError(f"“{source}” cannot be read ({error}).") from None
    for step in parsed(source.name, words).get("step", []):
        title = str(step.get("title", ""))
        try:
            _make(plan, step, moment)
        except KeyError as error:
            raise PlanError(f"{source.name}, step “{title}”: {error} is missing or unknown.") from None
        except (PlanError, t.BadValue) as error:
            raise PlanError(f"{source.name}, step “{title}”: {error}") from None


def _make(plan: Plan, step: Mapping[str, Any], moment: datetime) -> None:
    at = _time(step["at"], moment)
    rfc = _row(plan.data, f"rfc {step['rfc']}").id if "rfc" in step else ""
    data, before = plan.data, list[Change]()
    for part, does in DOES.items():
        for one in step.get(part, ()):
            made = does(data, one, moment)
            data = preview(data, made)
            before += made
    with plan.told(at, step["who"]):
        if "seal" in step:
            after = [change for one in step.get("after", ()) for change in _set(data, one, moment)]
            plan.seal(Terms(**step["seal"], rfc=rfc), before, after, title=step["title"])
        else:
            plan.step(step["title"], before, step.get("why", ""), rfc)


def _dropped(data: PlanData, one: Mapping[str, Any], _: datetime) -> list[Change]:
    return drop_all(data, [_row(data, one[OF])])


def _renumbered(data: PlanData, one: Mapping[str, Any], _: datetime) -> list[Change]:
    return moved(data, _row(data, one[OF]), one["to"]).changes


def _set(data: PlanData, one: Mapping[str, Any], moment: datetime) -> list[Change]:
    """A row set to the values given, and to its own with some words exchanged for others."""
    row = _row(data, one[OF])
    kind = kind_of(row)
    given = _entry(kind, one, moment).row(row.id, *keyed(data, kind))
    values = {name: getattr(given, name) for name in one if name not in (OF, REPLACE)}
    for name, pairs in one.get(REPLACE, {}).items():
        value = values.get(name, getattr(row, name))
        for old, new in pairs:
            values[name] = value = _exchanged(value, old, new)
    return [put(row, values)]


def _added(data: PlanData, one: Mapping[str, Any], moment: datetime) -> list[Change]:
    """A row with the id that follows from its key, the same wherever the history is told."""
    entry = _entry(kinds()[one[OF]], one, moment)
    return [add(entry.row(derived_id(entry.kind.name, entry.natural), *keyed(data, entry.kind)))]


DOES = {"drop": _dropped, "renumber": _renumbered, "change": _set, "add": _added}
"""What a step does, in this order, each as a function of the plan as those before leave it."""


def _exchanged(value: Any, old: str, new: str) -> Any:
    texts = value if isinstance(value, tuple) else (value,)
    if not any(old in text for text in texts):
        raise PlanError(f"“{old}” is not there to be replaced.")
    changed = tuple(text.replace(old, new) for text in texts)
    return changed if isinstance(value, tuple) else changed[0]


def _entry(kind: Kind, one: Mapping[str, Any], moment: datetime) -> Entry:
    values = {name: _time(value, moment) for name, value in one.items() if name not in (OF, REPLACE)}
    return Entry(kind, values, "", 1)


def _row(data: PlanData, words: str) -> Entity:
    kind, _, natural = words.partition(" ")
    if kind not in kinds():
        raise PlanError(f"There is no kind “{kind}”.")
    keys, _ = keyed(data, kinds()[kind])
    row = data.get(kind, keys.get((kind, natural), ""))
    if row is None:
        raise PlanError(f"“{words}” is not in the plan.")
    return row


def _time(value: Any, moment: datetime) -> Any:
    """The value; a time in UTC as the history keeps it, and one that counts from now as the time that it means."""
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    if match:
        value = moment + timedelta(hours=int(match[1]))
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value
