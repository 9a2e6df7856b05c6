"""Opening a baseline: its rows as they were, or a sentence that says why they cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dmdesk.baselines.proving import broken, sha256, unpacked
from dmdesk.baselines.versions import numbers
from dmdesk.canon import listed, made, parsed
from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.store import Baseline, Store

ADAPT: tuple[tuple[str, Callable[[dict[str, Any]], None]], ...] = ()
"""What migrations that rename or drop fields say for texts sealed before them: the revision, and a function that
changes the tables of such a text (kind → entries). Those that only add need none. The text itself never changes."""


def named(known: Sequence[Baseline], version: str, file: str) -> Baseline:
    """The baseline of that version, however many zeros it ends in; ``file`` is what messages call the plan.

    Raises:
        PlanError: there is none.
    """
    wanted = numbers(version)
    for one in known:
        if one.version == version or (wanted is not None and numbers(one.version) == wanted):
            return one
    there = (
        f"there are: {', '.join(one.version for one in known)}" if known else "nothing was sealed in it yet"
    )
    raise PlanError(f"There is no baseline “{version}” in “{file}”; {there}.")


def text(file: Store, baseline: Baseline) -> str:
    """The text that was sealed.

    Raises:
        PlanError: the baseline is damaged.
    """
    try:
        row = file.sealed(baseline.number)
        if not broken(row):
            words = unpacked(row["text"][1])
            if sha256(words) == baseline.sha256:
                return words.decode("utf-8")
    except (PlanError, UnicodeDecodeError):
        pass
    raise damaged(file, baseline)


def damaged(file: Store, baseline: Baseline) -> PlanError:
    """The sentence for a baseline that is not what was sealed."""
    name = file.path.name
    return PlanError(
        f"The baseline {baseline.version} in “{name}” is not what was sealed, so it is not opened; the rest of the "
        "plan is as it was. “dmdesk verify” says what was changed; take the baseline from a backup or another copy."
    )


def data_of(file: Store, baseline: Baseline) -> PlanData:
    """The rows of a baseline, with the ids they had; of an older schema, as the present one reads them.

    Raises:
        PlanError: it is damaged.
    """
    return rows_of(text(file, baseline), baseline)


def rows_of(words: str, baseline: Baseline) -> PlanData:
    """The rows of a sealed text, as the present schema has them.

    Raises:
        PlanError: it is no text of a plan.
    """
    name = f"The baseline {baseline.version}"
    tables = parsed(name, words)
    for revision, adapt in ADAPT:
        if revision > baseline.schema:
            adapt(tables)
    return made(list(listed(name, tables)), None)
