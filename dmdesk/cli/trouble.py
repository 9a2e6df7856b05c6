"""Errors nobody foresaw: the details go to a log file, the person gets one sentence that names it."""

from __future__ import annotations

import traceback
from datetime import datetime

from dmdesk import __version__, folders

LARGEST = 1_000_000
"""Bytes after which the log is begun anew; the old one is kept beside it."""


def noted(error: BaseException) -> str:
    """Write the error to the log; the sentence that says so."""
    log = folders.data() / "dmdesk.log"
    what = f"Something went wrong that should not have ({type(error).__name__})"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST:
            log.replace(log.with_suffix(".old.log"))
        with log.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now().isoformat(' ', 'seconds')} dmdesk {__version__}\n")
            file.write("".join(traceback.format_exception(error)) + "\n")
    except OSError:
        return f"{what}, and the log file “{log}” cannot be written."
    return f"{what}; the details are in “{log}”."
