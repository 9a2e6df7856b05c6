"""Filters: what people type to see some rows of a kind only, such as ``manager:Swinbank kind:SW no:repository header``.

One language serves the window, the command line and saved filters; ``docs/filters.md`` explains it to its users.
"""

from dmdesk.filters.completing import Completion, complete
from dmdesk.filters.matching import Facts, Filter
from dmdesk.filters.parsing import FilterError, parse
from dmdesk.filters.saved import saved
from dmdesk.filters.texts import Texts, texts
from dmdesk.filters.tree import show

__all__ = [
    "Completion",
    "Facts",
    "Filter",
    "FilterError",
    "Texts",
    "complete",
    "parse",
    "saved",
    "show",
    "texts",
]
