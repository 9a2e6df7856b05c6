"""Where things lie that belong to the user and not to a plan: backups, settings, logs; and who the user is.

Commands that only look at a plan ask nothing of it, so what knows the user's folders is loaded when it is asked for.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path
from typing import Any

APP = "dmdesk"


def data() -> Path:
    """The user's data folder: backups, log files, who has which plan open."""
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def settings_file() -> Path:
    """The user's settings."""
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.json"


def of_plan(path: Path) -> str:
    """A folder name for a plan file, the same each time and different for files of the same name.

    Only the beginning of a long name is in it, because file systems limit names to 255 bytes.
    """
    return f"{path.stem[:40]}-{zlib.crc32(os.fsencode(path.resolve())):08x}"


def settings() -> dict[str, Any]:
    """The user's settings; an unreadable file counts as empty."""
    try:
        found = json.loads(settings_file().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def save_settings(values: dict[str, Any]) -> None:
    """Write the user's settings, whole or not at all; a folder that cannot be written is no reason to stop."""
    target = settings_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(f".{os.getpid()}.part")
        partial.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
        partial.replace(target)
    except OSError:
        return


def user() -> str:
    """The name that steps carry: the one set by the user, or the login name."""
    import getpass

    name = os.environ.get("DMDESK_USER") or settings().get("name")
    if name:
        return str(name)
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
