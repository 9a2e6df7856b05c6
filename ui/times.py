"""Moments as people say them: the file keeps UTC, screens show local time."""

from __future__ import annotations

from datetime import datetime


def local(at: str) -> datetime:
    """The local time of a moment that a step carries."""
    return datetime.fromisoformat(at).astimezone()


def when(at: str) -> str:
    """A moment in a few characters: the time alone for today, the day for other years and months."""
    moment, now = local(at), datetime.now().astimezone()
    if moment.date() == now.date():
        return f"{moment:%H:%M}"
    return f"{moment:%d %b %H:%M}".lstrip("0") if moment.year == now.year else f"{moment:%Y-%m-%d}"


def exactly(at: str) -> str:
    """A moment to the second."""
    return f"{local(at):%Y-%m-%d %H:%M:%S}"


def in_full(at: str) -> str:
    """A moment as one reads it: weekday, day and time."""
    moment = local(at)
    return f"{moment:%a} {moment.day} {moment:%B %Y, %H:%M}"


def day_of(at: str) -> str:
    """The day of a moment as one reads it."""
    moment = local(at)
    return f"{moment.day} {moment:%B %Y}"
