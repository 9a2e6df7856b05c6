"""Value types: how one value is stored, shown, read and judged.

Every column, cell, editor, text file and printed word goes through these, so a rule about a value
is written here once. Values are plain Python: ``str``, ``int | None``, ``bool`` or ``tuple[str, ...]``;
"nothing" is ``""``, ``None``, ``False`` or ``()``.
"""

from __future__ import annotations

from dmdesk.types.links import UNRESOLVED, To_, ToMany_, links_of, unresolved
from dmdesk.types.moments import Day_, Instant_
from dmdesk.types.numbers import Count_, Money_, Number_, Percent_, amount
from dmdesk.types.others import Choice_, Flag_, Picture_
from dmdesk.types.texts import BadValue, Many_, ValueType, many_lines, one_line

__all__ = [
    "CODE", "COUNT", "DAY", "FLAG", "INSTANT", "ITEMS", "LINE", "LINES", "MONEY", "NUMBER", "PERCENT",
    "PICTURE", "PROSE", "RANK", "UNRESOLVED", "WORDS", "BadValue", "Choice_", "Count_", "Day_", "Flag_",
    "Instant_", "Many_", "Money_", "Number_", "Percent_", "Picture_", "ToMany_", "To_", "Value", "ValueType",
    "amount", "links_of", "many_lines", "one_line", "unresolved",
]  # fmt: skip

Value = str | int | bool | tuple[str, ...] | None

LINE = ValueType()
CODE = ValueType("code", monospace=True)
RANK = ValueType("rank")
PROSE = ValueType("prose", multiline=True)
WORDS = Many_("words")
ITEMS = Many_("items")
LINES = Many_("lines")
LINES.repeats = True  # two likelihoods may have the same scores
COUNT = Count_()
MONEY = Money_()
NUMBER = Number_()
PERCENT = Percent_()
DAY = Day_()
INSTANT = Instant_()
FLAG = Flag_()
PICTURE = Picture_()
