"""Changing a plan file as no program of ours would."""

import sqlite3
from pathlib import Path


def spoil(path: Path, sql: str) -> None:
    """Run a statement on the file, past the guards of its baselines."""
    db = sqlite3.connect(path)
    db.execute("DROP TRIGGER IF EXISTS baseline_sealed")
    db.execute(sql)
    db.commit()
    db.close()
