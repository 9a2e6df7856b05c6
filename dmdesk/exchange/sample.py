"""The sample plan: the text that it begins with, and the short history that is told on it."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dmdesk.errors import PlanError
from dmdesk.exchange import text
from dmdesk.exchange.retelling import retell
from dmdesk.plan import Plan

SAMPLE = Path(__file__).resolve().parents[2] / "sample_db" / "ldm-294"
"""The plan as text, in a checkout: version 3.0 as it was approved."""

HISTORY = SAMPLE.with_name("ldm-294-history.toml")
"""What its authors changed in the weeks after."""


def build(target: Path, moment: datetime | None = None) -> None:
    """Make a plan file with the sample plan, its baseline and its history; it appears whole or not at all.

    Clocks that run in it count from ``moment``, the present if none is given.

    Raises:
        PlanError: the text is not there, or the file cannot be written.
    """
    if not SAMPLE.is_dir():
        raise PlanError(f"The sample plan is not there; it should be in “{SAMPLE}”.")
    if target.exists():
        raise PlanError(f"“{target}” is there already and was left as it is; choose another name.")
    partial = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        text.build(SAMPLE, partial)
        with Plan.open(partial) as plan:
            retell(plan, HISTORY, moment or datetime.now(UTC))
        partial.rename(target)
    except OSError as error:
        raise PlanError(f"“{target}” cannot be written ({error.strerror}); choose another place.") from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
