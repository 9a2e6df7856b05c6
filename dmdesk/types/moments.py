"""Days and moments, told as ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from dmdesk.types.texts import BadValue, ValueType


class Day_(ValueType):
    """A calendar day, ISO 8601 (``2017-06-30``), or nothing."""

    name = "day"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise BadValue(f"“{text}” is not a date; write it as 2017-06-30.") from None


class Instant_(Day_):
    """A moment in time to the minute, kept in UTC (``2017-06-30T18:00Z``), or nothing.

    Without a zone it is taken as UTC, so that one plan means the same moment wherever it is read.
    """

    name = "instant"

    def clean(self, value: Any) -> str:
        text = ValueType.clean(self, value)
        if not text:
            return ""
        try:
            found = datetime.fromisoformat(re.sub(r"(?i)\s*UTC$", "Z", text))
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise BadValue(f"“{text}” is not a moment; write it as 2017-06-30 18:00.") from None
        return f"{found:%Y-%m-%dT%H:%M}Z".zfill(17)

    def show(self, value: Any) -> str:
        return value.replace("T", " ").replace("Z", " UTC") if value else ""
