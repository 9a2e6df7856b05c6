"""The log: what nobody foresaw goes into a file with all its details, and one sentence to the person.

Every step is on the disk before the window shows it, so after an unforeseen error the program just goes on.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import TYPE_CHECKING

from dmdesk import folders
from ui.guard import ASKED

if TYPE_CHECKING:
    import logging

SIZE, KEPT = 500_000, 2


def file() -> Path:
    """The log file."""
    return folders.data() / "dmdesk.log"


def note(error: BaseException | str) -> str:
    """Write an error to the log; the rest of a sentence that says where the details are."""
    try:
        log = _logger()
        if isinstance(error, BaseException):
            log.error("%s", type(error).__name__, exc_info=error)
        else:
            log.warning("%s", error)
    except OSError:
        return "the log file could not be written."
    return f"the details are in “{file()}”."


def _note(error: BaseException, times: int) -> str:
    """Write the first of many equal errors to the log, and how many there were each time that doubles."""
    if times == 1:
        return note(error)
    if times & (times - 1) == 0:
        return note(f"{type(error).__name__} as before, {times} times by now: {error}")
    return f"the details are in “{file()}”."


def _asked(error: BaseException) -> bool:
    return any(line.startswith(ASKED) for line in getattr(error, "__notes__", ()))


def _logger() -> logging.Logger:
    import logging
    from logging.handlers import RotatingFileHandler

    log = logging.getLogger("dmdesk")
    target = file()
    if not any(getattr(handler, "baseFilename", "") == str(target.absolute()) for handler in log.handlers):
        target.parent.mkdir(parents=True, exist_ok=True)
        for old in list(log.handlers):
            log.removeHandler(old)
            old.close()
        handler = RotatingFileHandler(target, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    return log


def catch_everything(tell: Callable[[str], None]) -> None:
    """From now on an unforeseen error anywhere goes to the log, and ``tell`` gets one sentence.

    An error that comes again in the same way is written in full once and counted from then on. One in what Qt asks for
    again and again, such as a picture, is told once, on whichever ways it comes.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    told: set[object] = set()

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        way = (kind, *((frame.f_code, line) for frame, line in walk_tb(trace)))
        seen[way] += 1
        where = _note(error, seen[way])
        if way[-1] not in told or not _asked(error):
            told.add(way[-1])
            tell(f"Something went wrong that dmdesk did not foresee; your plan is safe, and {where}")

    sys.excepthook = caught
    threading.excepthook = lambda args: note(args.exc_value or str(args.exc_type)) and None
    sys.unraisablehook = lambda args: note(args.exc_value or str(args.err_msg)) and None
