"""The command that prints two kinds against each other, or only where one lacks the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dmdesk import matrices
from dmdesk.cli import output
from dmdesk.cli.asking import meant
from dmdesk.cli.command import FILE, JSON, arg, command, flag
from dmdesk.cli.fitting import fitting
from dmdesk.cli.opening import looked_at
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.matrices import RELATIONS, Axis, Matrix, Relation
from dmdesk.reading import PlanData
from dmdesk.values import replace

_SHOWN = {matrices.OWN: "", matrices.INHERITED: "from above", matrices.UNRESOLVED: "unresolved"}


@command(
    "matrix",
    FILE,
    arg("name", "Which: product-wbs or obs."),
    arg("--rows", "Only rows that fit, such as “manager:swinbank”.", default="", metavar="FILTER"),
    arg("--columns", "Only columns that fit.", default="", metavar="FILTER"),
    flag("--gaps", "Only rows and columns that lack the other kind."),
    JSON,
    flag("--csv", "Print CSV; x is a mark, (x) one that comes from above, ? words that name nothing."),
)
def matrix(file: Path, name: str, rows: str, columns: str, gaps: bool, json: bool, csv: bool) -> None:
    """Print products against WBS elements, or WBS elements against the institutions that lead them."""
    if json and csv:
        raise PlanError("A matrix is printed as JSON or as CSV; choose one of them.")
    if name not in RELATIONS:
        advice = meant(name, RELATIONS.names()) or f"; there are {' and '.join(RELATIONS.names())}."
        raise PlanError(f"There is no matrix “{name}”{advice}")
    with looked_at(file) as data:
        whole, relation = matrices.matrix(data, name), RELATIONS[name]
        now = _narrowed(file, data, whole, rows, columns)
        if gaps:
            _gaps(data, relation, now, json, csv)
        elif json:
            output.as_json(_as_data(data, name, now))
        elif csv:
            heads = [_key(data, now.columns, id) for id in now.columns.ids]
            output.as_csv(["key", "title", *heads], _lines(data, now))
        else:
            _table(data, relation, now)
            _say_left(whole, now)


def _narrowed(file: Path, data: PlanData, now: Matrix, rows: str, columns: str) -> Matrix:
    """The matrix with the rows and columns that fit alone; they keep their places."""

    def fits(axis: Axis, text: str) -> Axis:
        wanted = {row.id for row in fitting(file, data, kinds()[axis.kind], text)}
        return replace(axis, ids=[id for id in axis.ids if id in wanted])

    return replace(
        now,
        rows=fits(now.rows, rows) if rows.strip() else now.rows,
        columns=fits(now.columns, columns) if columns.strip() else now.columns,
    )


def _say_left(whole: Matrix, now: Matrix) -> None:
    """How many of the rows and columns the filters let through, where there were any."""
    for before, after in ((whole.rows, now.rows), (whole.columns, now.columns)):
        if len(before.ids) != len(after.ids):
            output.say(f"{len(after.ids):,} of {len(before.ids):,} {kinds()[after.kind].plural} fit.")


def _key(data: PlanData, axis: Axis, id: str) -> str:
    return data.key(data.rows(axis.kind)[id])


def _title(data: PlanData, axis: Axis, id: str) -> str:
    return data.title(data.rows(axis.kind)[id])


def _lines(data: PlanData, now: Matrix) -> Iterator[list[str]]:
    """Every row with all its cells."""
    for row in now.rows.ids:
        marks = (matrices.mark(now.cell(row, column)) for column in now.columns.ids)
        yield [_key(data, now.rows, row), _title(data, now.rows, row), *marks]


def _cells(now: Matrix, row: str) -> Iterator[tuple[str, matrices.Cell]]:
    """The marked cells of a row, in the order of the columns."""
    marked = now.marked(row)
    for column in (id for id in now.columns.ids if id in marked) if marked else ():
        cell = now.cell(row, column)
        if cell is not None:
            yield column, cell


def _table(data: PlanData, relation: Relation, now: Matrix) -> None:
    """A line for each row: its name, moved in by its level, and what it is marked with."""
    by_key = now.columns.kind == "wbs"
    lines = []
    for row in now.rows.ids:
        marks = []
        for column, cell in _cells(now, row):
            name = (_key if by_key else _title)(data, now.columns, column)
            remarks = ", ".join(filter(None, (cell.text, _SHOWN[cell.state])))
            marks.append(f"{name} ({remarks})" if remarks else name)
        name = "  " * now.rows.depth[row] + output.cell(_title(data, now.rows, row))
        lines.append([output.cell(_key(data, now.rows, row)), name, output.cell("; ".join(marks), 0)])
    headers = [
        kinds()[now.rows.kind]["key"].label,
        kinds()[now.rows.kind].label,
        kinds()[now.columns.kind].plural,
    ]
    output.table(lines, headers=headers)
    output.say()
    output.say(_summary(relation, now))


def _summary(relation: Relation, now: Matrix) -> str:
    """How many rows and columns lack the other kind, in a sentence."""
    parts = []
    for axis, gaps, words in _sides(relation, now):
        kind = kinds()[axis.kind]
        parts.append(f"{output.number(len(gaps), _small(kind.label), _small(kind.plural))} {words}")
    return ", ".join(parts) + "."


def _small(label: str) -> str:
    return label if label[:2].isupper() else label.lower()


def _sides(relation: Relation, now: Matrix) -> list[tuple[Axis, list[str], str]]:
    """Rows and columns, each with the ids of those that lack the other kind, in order, and how that is said."""
    return [
        (axis, [id for id in axis.ids if id in gaps], words)
        for axis, gaps, words in zip(
            (now.rows, now.columns), (now.row_gaps, now.column_gaps), relation.gap_words, strict=True
        )
    ]


def _gaps(data: PlanData, relation: Relation, now: Matrix, json: bool, csv: bool) -> None:
    found = [
        {"kind": axis.kind, "key": _key(data, axis, id), "title": _title(data, axis, id)}
        for axis, gaps, _ in _sides(relation, now)
        for id in gaps
    ]
    if json:
        output.as_json(found)
    elif csv:
        output.as_csv(["kind", "key", "title"], ([*line.values()] for line in found))
    else:
        output.table([output.cell(words) for words in line.values()] for line in found)
        output.say(_summary(relation, now))


def _as_data(data: PlanData, name: str, now: Matrix) -> dict[str, Any]:
    """The matrix as JSON has it: rows, columns, and of the cells those that are marked."""
    cells = [
        {
            "row": _key(data, now.rows, row), "column": _key(data, now.columns, column), "state": cell.state,
            "text": cell.text, "words": cell.words,
        }
        for row in now.rows.ids
        for column, cell in _cells(now, row)
    ]  # fmt: skip
    return {"name": name, "rows": _edge(data, now.rows), "columns": _edge(data, now.columns), "cells": cells}


def _edge(data: PlanData, axis: Axis) -> list[dict[str, Any]]:
    return [
        {"key": _key(data, axis, id), "title": _title(data, axis, id), "level": axis.depth[id]}
        for id in axis.ids
    ]
