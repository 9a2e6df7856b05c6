"""The rows in a plan file: read kind by kind, and written one change at a time against what stands."""

from __future__ import annotations

import sqlite3

from dmdesk import changes as c
from dmdesk.errors import Conflict
from dmdesk.kinds import Entity, Kind, kinds
from dmdesk.reading import PlanData
from dmdesk.store.files import File, reading


class Rows(File):
    """The rows of an open plan file."""

    def rows(self, kind: Kind) -> dict[str, Entity]:
        """All rows of a kind by id."""
        with reading(self.path):
            load = kind.load
            return {stored[0]: load(stored) for stored in self._db.execute(_select(kind))}

    def write(self, change: c.Change) -> None:
        """Write one change to its row.

        Raises:
            Conflict: the row in the file is not what the change was made against.
        """
        kind = kinds()[change.kind]
        if change.op == c.ADD:
            row = kind.make({name: new for name, (_, new) in change.fields.items()}, change.id)
            places = ", ".join("?" * (len(kind.fields) + 1))
            stored = (field.type.store(v) for field, v in zip(kind.fields, kind.values(row)[1:], strict=True))
            self._db.execute(
                f'INSERT INTO "{kind.name}" ({_columns(kind)}) VALUES ({places})', (row.id, *stored)
            )
            return
        if change.op == c.DROP:
            stands = " AND ".join(f'"{field.name}" IS ?' for field in kind.fields)
            olds = [
                field.type.store(change.fields.get(field.name, (field.type.empty,))[0])
                for field in kind.fields
            ]
            done = self._db.execute(
                f'DELETE FROM "{kind.name}" WHERE id = ? AND {stands}', (change.id, *olds)
            )
        elif not change.fields:
            return
        else:
            sets = ", ".join(f'"{name}" = ?' for name in change.fields)
            news = [kind[n].type.store(kind[n].type.clean(new)) for n, (_, new) in change.fields.items()]
            stands = " AND ".join(f'"{name}" IS ?' for name in change.fields)
            olds = [kind[name].type.store(old) for name, (old, _) in change.fields.items()]
            sql = f'UPDATE "{kind.name}" SET {sets} WHERE id = ? AND {stands}'
            done = self._db.execute(sql, (*news, change.id, *olds))
        if done.rowcount != 1:
            raise Conflict(f"A {kind.label.lower()} was changed by another program; open the plan again.")


def fill(connection: sqlite3.Connection, data: PlanData) -> None:
    """Write all rows of a plan into a new, empty file: what it starts from, which is no step in its history."""
    for kind in kinds():
        places = ", ".join("?" * (len(kind.fields) + 1))
        rows = (
            (
                row.id,
                *(field.type.store(v) for field, v in zip(kind.fields, kind.values(row)[1:], strict=True)),
            )
            for row in data.in_order(kind.name)
        )
        connection.executemany(f'INSERT INTO "{kind.name}" ({_columns(kind)}) VALUES ({places})', rows)


def _columns(kind: Kind) -> str:
    return ", ".join(["id", *(f'"{field.name}"' for field in kind.fields)])


def _select(kind: Kind) -> str:
    return f'SELECT {_columns(kind)} FROM "{kind.name}" ORDER BY rowid'
