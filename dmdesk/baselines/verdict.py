"""What verification finds: flaws in words for people, with the row and field in question for programs."""

from __future__ import annotations

from typing import Any

from dmdesk.kinds import Entity, kinds
from dmdesk.reading import PlanData
from dmdesk.store import Baseline
from dmdesk.values import frozen

SEAL, CHAIN, ROWS, HISTORY, WORKING, GUARD = "seal", "chain", "rows", "history", "working", "guard"
"""What a flaw is about: the sealed row, its place among the others, what its text holds, the steps, the working plan,
or the guards that keep other programs from changing baselines."""

VALUE = 60
"""Characters of a value that a sentence shows."""


@frozen
class Flaw:
    """Something that is not as it was sealed or written. ``version`` is "" for the working plan.

    ``field``: a column of the sealed row (about ``seal``), else a field of the row ``id`` of a kind; ``told`` is what
    it should be, ``found`` what lies there.
    """

    version: str
    about: str
    words: str
    kind: str = ""
    id: str = ""
    key: str = ""
    field: str = ""
    told: Any = ""
    found: Any = ""


@frozen
class Verdict:
    """What was looked at, what is wrong, and what is odd without being wrong.

    ``recoverable``: versions whose text is damaged, but can be made again from the history, proven by its SHA-256.
    """

    baselines: tuple[Baseline, ...]
    flaws: tuple[Flaw, ...]
    notes: tuple[str, ...]
    recoverable: tuple[str, ...] = ()


def shown(data: PlanData, kind: str, field: str, value: Any) -> str:
    """A value in a few words, links by the titles of their rows."""
    one = kinds()[kind][field]
    if value == one.type.empty or value is None:
        return "nothing"
    if one.target:
        links = value if isinstance(value, tuple) else (value,)
        words = "; ".join(data.link(one.target, str(link)) for link in links)
    else:
        try:
            words = str(one.type.show(value))
        except (TypeError, ValueError, AttributeError):
            words = repr(value)
    words = " ".join(words.split())
    return f"“{words if len(words) <= VALUE else words[: VALUE - 1] + '…'}”"


def name_of(data: PlanData, row: Entity, kind: str) -> str:
    """“Product DM “Data Management””: the label, key and title of a row."""
    key, title = data.key(row), data.title(row)
    label = kinds()[kind].label
    return f"{label} {key} “{title}”" if key and key != title else f"{label} “{title}”"
