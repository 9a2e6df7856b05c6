"""The window: Qt over the core. It knows no SQL, so the core stays usable without it.

PySide reads the source of every module that is imported after it, to see whether the module may want other spellings of
Qt's names. None of ours does, and reading a hundred sources is a tenth of a bare window's start; so it is told.
"""

from importlib import import_module

import PySide6.QtCore  # noqa: F401  (brings in what is asked for below)

_switches = import_module("shibokensupport.feature")
if hasattr(_switches, "_mod_uses_pyside"):
    _switches._mod_uses_pyside = lambda module: False  # type: ignore[attr-defined]

import_module("ui.guard").watch()
