"""What commands print: lines, tables, JSON and CSV, on any terminal and into any pipe.

A pipe that is closed early (``| head``) ends the printing but neither the work nor the exit code, which are a contract.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from dmdesk import types as t
from dmdesk.errors import PlanError

CUT = 40
"""Characters of a cell that a table shows; CSV and JSON have all of them."""

_INVISIBLE = dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
"""Characters that would steer a terminal or turn its text around."""


def prepare() -> None:
    """Let characters that the terminal does not know become question marks, and output that was closed go nowhere."""
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(text: str = "") -> None:
    """Print a line.

    Raises:
        PlanError: the output cannot be written, for another reason than that nobody reads any more.
    """
    _try(sys.stdout.write, text + "\n")


def complain(text: str) -> None:
    """Print a sentence on standard error."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(f"dmdesk: {text}\n")


def finish() -> None:
    """Send off what is printed so far.

    Raises:
        PlanError: it cannot be written.
    """
    _try(sys.stdout.flush)


def _try(write: Callable[..., Any], *text: str) -> None:
    try:
        write(*text)
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        with suppress(OSError, ValueError):
            os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        if not isinstance(error, BrokenPipeError):
            raise PlanError(f"The output could not be written ({error.strerror}).") from None


def as_json(value: Any) -> None:
    """Print a value as JSON, in plain ASCII where the output is not UTF-8."""
    import json

    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    say(json.dumps(value, ensure_ascii=plain, indent=1))


def as_file(content: bytes) -> None:
    """Print a text file as it is; into a file or pipe always in UTF-8, so that no character is lost."""
    _in_utf8()
    say(content.decode("utf-8").rstrip("\n"))


def _in_utf8() -> None:
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows as CSV with a line of headers; into a file or pipe always in UTF-8, so that no character is lost."""
    import csv

    _in_utf8()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    say(text.getvalue().rstrip("\n"))


def cell(text: str, cut: int = CUT) -> str:
    """A text on one line, cut to a length (0: never), without characters that steer a terminal."""
    text = t.one_line(text).translate(_INVISIBLE)
    return text if not cut or len(text) <= cut else text[: cut - 1].rstrip() + "…"


def table(rows: Iterable[Sequence[str]], headers: Sequence[str] = (), numbers: Sequence[int] = ()) -> None:
    """Print rows in columns; those whose places are in ``numbers`` stand to the right."""
    lines = [list(row) for row in rows]
    if headers and lines:
        lines[:0] = [list(headers), ["-" * width(header) for header in headers]]
    widths = [max(width(line[at]) for line in lines) for at in range(len(lines[0]))] if lines else []
    for line in lines:
        cells = [
            " " * (size - width(text)) + text if at in numbers else text + " " * (size - width(text))
            for at, (text, size) in enumerate(zip(line, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())


def width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def number(count: int, one: str, many: str = "") -> str:
    """A number with its noun: “1 error”, “2 errors”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
