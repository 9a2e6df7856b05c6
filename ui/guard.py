"""The guard: an error in a method that Qt calls is reported where it arises, and Qt gets an answer it can live with.

Left alone such an error travels on through Qt's own code, is told with other errors' words, later or twice, or ends
the program (docs/decisions/0103-errors-under-qt.md).
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from PySide6.QtCore import QModelIndex
from shiboken6 import Shiboken

ASKED = "Asked by Qt: "
"""Begins the note on an error in a method that Qt may ask many times for one thing that a person does."""

DEEDS = frozenset({
    "accept", "closeEvent", "contextMenuEvent", "done", "dropEvent", "dropMimeData", "keyPressEvent",
    "mouseDoubleClickEvent", "mousePressEvent", "mouseReleaseEvent", "reject", "setData", "setModelData",
})  # fmt: skip
"""Methods that Qt calls once for each thing that a person does; these are worth a word each time they fail."""

NOTHING = {"None": None, "Any": None, "bool": False, "QWidget": None, "QMimeData": None}
"""What a failed method answers, by its declared result: what acts does nothing more, what may refuse refuses."""

ABSTRACT = {"int": 0, "QModelIndex": QModelIndex()}
"""The same for what Qt itself has no answer to."""


def watch() -> None:
    """From now on every class of the window guards its overrides of Qt's methods as it is declared."""
    Shiboken.Object.__init_subclass__ = classmethod(_declared)  # type: ignore[assignment]


def _declared(cls: Any, /, **options: Any) -> None:
    super(Shiboken.Object, cls).__init_subclass__(**options)
    if cls.__module__.startswith("ui."):
        guard(cls)


def guard(cls: type) -> type:
    """Guard the overrides of Qt's methods that a class declares."""
    qt = next(base for base in cls.__mro__ if base.__module__.startswith("PySide6."))
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and not name.startswith("__") and hasattr(qt, name):
            setattr(cls, name, _guarded(method, getattr(qt, name)))
    return cls


def _guarded(method: FunctionType, qts: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def guarded(*args: Any, **named: Any) -> Any:
        try:
            return method(*args, **named)
        except Exception as error:
            _report(error, method)
        return _instead(method, qts, args, named)

    return guarded


def _report(error: Exception, method: FunctionType) -> None:
    """Hand an error to the hook for unforeseen ones, and let go of what the failed calls held, painters above all."""
    error.add_note(f"{'Called by Qt: ' if method.__name__ in DEEDS else ASKED}{method.__qualname__}")
    sys.excepthook(type(error), error, error.__traceback__)
    traceback.clear_frames(error.__traceback__)


def _instead(method: FunctionType, qts: Callable[..., Any], args: Any, named: Any) -> Any:
    """The answer of a method that failed: nothing where that is an answer, else what Qt itself would say."""
    told = method.__annotations__.get("return", "Any")
    result = told if isinstance(told, str) else getattr(told, "__name__", "Any")
    if result in NOTHING:
        return NOTHING[result]
    try:
        return qts(*args, **named)
    except Exception:  # an abstract method of Qt
        return ABSTRACT.get(result)
