"""What is neither text, number nor day: yes or no, one of a few words, and pictures."""

from __future__ import annotations

from typing import Any

from dmdesk.errors import PlanError
from dmdesk.types.texts import BadValue, ValueType


class Flag_(ValueType):
    """Yes or no."""

    name = "flag"
    sql = "INTEGER"
    empty = False
    packed = True

    def clean(self, value: Any) -> bool:
        if value in (0, 1) and isinstance(value, int):
            return bool(value)
        raise BadValue(f"{value!r} is neither yes nor no.")

    def load(self, stored: Any) -> bool:
        return bool(stored)

    def store(self, value: Any) -> int:
        return int(value)

    def show(self, value: Any) -> str:
        return "yes" if value else "no"

    def read(self, text: str) -> bool:
        word = text.strip().casefold()
        if word in ("yes", "y", "true", "1", "x"):
            return True
        if word in ("no", "n", "false", "0", ""):
            return False
        raise BadValue(f"“{text.strip()}” is neither yes nor no.")


class Choice_(ValueType):
    """One of a few words, or nothing; words from elsewhere are kept and marked, never lost."""

    name = "choice"

    def __init__(self, options: tuple[str, ...]) -> None:
        super().__init__()
        self.options = options


class Picture_(ValueType):
    """A PNG or JPEG as text (``dmdesk.pictures``), or nothing; shown in a few words, never as what it holds."""

    name = "picture"
    typed = False

    def clean(self, value: Any) -> str:
        if not isinstance(value, str):
            raise BadValue("This is no picture.")
        if not value.strip():
            return ""
        try:
            from dmdesk import pictures

            return pictures.normal(value)
        except PlanError as error:
            raise BadValue(str(error)) from None

    def admit(self, value: Any) -> str:
        from dmdesk import pictures

        made = self.clean(value)
        if made and not pictures.whole(made):
            raise BadValue("The picture is broken and cannot be shown; save it anew and choose that.")
        return made

    def show(self, value: Any) -> str:
        from dmdesk import pictures

        return pictures.words(value)
