"""Versions: whole numbers with dots between, compared number by number, so that 3.10 comes after 3.9."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dmdesk.errors import PlanError
from dmdesk.reading import PlanData
from dmdesk.store import Baseline

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){0,5}")


def numbers(version: str) -> tuple[int, ...] | None:
    """The numbers of a version, by which versions are compared, 3 as 3.0; None for words that are no version."""
    if not _VERSION.fullmatch(version):
        return None
    found = [int(part) for part in version.split(".")]
    while len(found) > 1 and not found[-1]:
        found.pop()
    return tuple(found)


def refuse(version: str, known: Iterable[Baseline], data: PlanData) -> None:
    """Refuse a version that is malformed, sealed already, or before what was released last.

    Raises:
        PlanError: it is one of these; the sentence says which, and what would do.
    """
    wanted = numbers(version)
    if wanted is None:
        raise PlanError(
            f"“{version}” is no version; give whole numbers with dots between, such as 3.1, without signs or letters."
        )
    sealed = [(numbers(one.version) or (), one) for one in known]
    for other, one in sealed:
        if other == wanted:
            raise PlanError(
                f"Version {one.version} was sealed on {one.at[:10]} already and never changes; choose a later one."
            )
    last = max(((other, one.version) for other, one in sealed), default=((), ""))
    if wanted < last[0]:
        raise PlanError(f"{version} comes before {last[1]}, which is sealed; choose a later version.")
    if not sealed:
        _refuse_before_the_record(version, wanted, data)


def _refuse_before_the_record(version: str, wanted: tuple[int, ...], data: PlanData) -> None:
    """What was released before there were baselines stands in the change record."""
    released = [str(getattr(row, "version", "")) for row in data.rows("revision").values()]
    released.append(str(getattr(data.plan(), "version", "")))
    last = max(((numbers(one) or (), one) for one in released), default=((), ""))
    if wanted < last[0]:
        raise PlanError(
            f"{version} comes before {last[1]}, the last version in the change record; choose a later version."
        )


def next_version(known: Iterable[Baseline], data: PlanData) -> str:
    """The version to propose: the last one with its second number raised; 1.0 where there is none."""
    said = [one.version for one in known] + [str(getattr(data.plan(), "version", ""))]
    last = max((found for found in map(numbers, said) if found), default=())
    if not last:
        return "1.0"
    major, minor = (*last, 0)[:2]
    return f"{major}.{minor + 1}"
