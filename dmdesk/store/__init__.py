"""The plan file: one SQLite database, and the only place with SQL.

What lies in it is read and written by four parts, its rows, its history, what was removed of that, and its sealed
baselines, over one connection.
"""

from dmdesk.store.compacted import Compacted, Compaction, Extent
from dmdesk.store.files import (
    APPLICATION_ID,
    REVISIONS,
    SCHEMA,
    connect,
    copy_file,
    damaged,
    inspect,
)
from dmdesk.store.history import ABANDONED, DONE, UNDONE, History, Step
from dmdesk.store.rows import Rows, fill
from dmdesk.store.sealed import BASELINE, TRIGGERS, Baseline, Sealed, Stored


class Store(Rows, History, Sealed, Compacted):
    """An open plan file."""


__all__ = [
    "ABANDONED", "APPLICATION_ID", "BASELINE", "DONE", "REVISIONS", "SCHEMA", "TRIGGERS", "UNDONE", "Baseline",
    "Compaction", "Extent", "Step", "Store", "Stored", "connect", "copy_file", "damaged", "fill", "inspect",
]  # fmt: skip
