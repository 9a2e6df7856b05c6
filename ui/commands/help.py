"""The Help menu: the sheet of shortcuts, where the log lies, what this is."""

from __future__ import annotations

from ui.actions import action
from ui.context import Context


@action("help.keys", "Shortcuts", key="?; F1", icon="keyboard", menu="Help")
def keys(ctx: Context) -> None:
    """Every shortcut on one sheet."""
    ctx.wanted.emit("keys")


@action("help.log", "Open the log folder", icon="folder", menu="Help")
def log_folder(ctx: Context) -> None:
    """Open the folder with the log file, for reports of errors."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from ui import log

    folder = log.file().parent
    folder.mkdir(parents=True, exist_ok=True)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        ctx.ask.tell(f"No program could be found to open the folder “{folder}”.")


@action("help.about", "About dmdesk", icon="help", menu="Help")
def about(ctx: Context) -> None:
    """Which version this is and where its parts come from."""
    from PySide6 import __version__

    from dmdesk import __version__ as version
    from dmdesk import folders

    ctx.ask.tell(
        "dmdesk keeps a whole project management plan on your desk: edited offline, checked, printed as a baseline.\n\n"
        f"dmdesk {version}. Drawn with Qt (PySide6 {__version__}, LGPL).\n"
        "Fonts: Inter, Open Sans, Inconsolata (OFL). Icons: Lucide (ISC).\n"
        f"Backups and the log lie in “{folders.data()}”, settings in “{folders.settings_file()}”.",
        "About dmdesk",
    )
