"""The table of shortcuts in the user guide, made from the actions.

Run ``python docs/make_keys.py`` after an action or its key has changed; a test says when that is needed.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "user-guide.md"
BEGIN, END = "<!-- shortcuts: made by docs/make_keys.py -->\n", "<!-- end of shortcuts -->\n"


def table() -> str:
    """Every action with a key, menu by menu, as a Markdown table."""
    from ui.actions import actions

    keyed = [entry for entry in actions() if entry.key]
    menus = list(dict.fromkeys(entry.menu.partition("/")[0] for entry in keyed))
    lines = ["| menu | keys | does |", "|---|---|---|"]
    for menu in menus:
        for entry in keyed:
            if entry.menu.partition("/")[0] == menu:
                keys = " or ".join(f"`{key}`" for key in entry.key.split("; "))
                lines.append(f"| {menu} | {keys} | {entry.label.rstrip('…')} |")
    return "\n".join(lines) + "\n"


def renewed(guide: str) -> str:
    """The guide with its table as it should be."""
    before, _, rest = guide.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    GUIDE.write_text(renewed(GUIDE.read_text("utf-8")), "utf-8")
