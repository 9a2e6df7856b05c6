"""Two copies of one plan, held against each other by what was sealed in them."""

from __future__ import annotations

from collections.abc import Sequence

from dmdesk.baselines.versions import numbers
from dmdesk.store import Baseline

_SIGNS = 12


def apart(mine: Sequence[Baseline], theirs: Sequence[Baseline], name: str, other: str) -> list[str]:
    """Where two copies sealed the same version, but not the same, in sentences; the names are those of the files."""
    if name == other:
        name, other = f"{name} (the first)", f"{other} (the second)"
    known = {numbers(one.version) or one.version: one for one in theirs}
    common, found = "", []
    for one in mine:
        there = known.get(numbers(one.version) or one.version)
        if there is None or there.seal == one.seal:
            common = one.version if there else common
            continue
        what = "the same text" if there.sha256 == one.sha256 else "different texts"
        after = f" They are the same up to {common}." if common else ""
        found.append(
            f"Both files sealed {one.version}, but with {what}: “{name}” {_how(one)}, “{other}” {_how(there)}.{after} "
            "Agree on one of them, and release the other's changes as a later version."
        )
    return found


def _how(one: Baseline) -> str:
    return f"on {one.at[:10]} by {one.who or 'nobody known'} (seal {one.seal[:_SIGNS]})"
