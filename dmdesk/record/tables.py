"""The record as data: JSON for programs, CSV and spreadsheets for people who count and sort."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from dmdesk.comparing import PLACED, Item, words
from dmdesk.exchange import xlsx
from dmdesk.exchange.xlsx import DAY, WHOLE, Cell, Column, Sheet
from dmdesk.kinds import kinds
from dmdesk.record.entries import NUMBERS, Entry, Line, Made, Record, entries, made, numbers, revisions

COLUMNS = ("Part", "Kind", "Key", "Title", "Change", "Field", "Old", "New", "Who", "When", "RFC / LCR", "Why")


def rows(record: Record) -> Iterator[tuple[str, ...]]:
    """A row for each field of each item, under ``COLUMNS``; an item without fields has one row."""
    for entry in entries(record):
        if not entry.what:
            continue
        for line in entry.lines or (None,):
            field = (line.label, line.old, line.new) if line else ("", "", "")
            yield (*_item(entry), *field, *_made((line and line.made) or entry.made))


def _item(entry: Entry) -> tuple[str, ...]:
    return entry.part, entry.label, entry.key, entry.title, entry.what


def _made(one: Made | None) -> tuple[str, str, str, str]:
    return (one.who, one.day, one.rfc, one.why) if one else ("", "", "", "")


def as_csv(record: Record) -> bytes:
    """The record as CSV: a line of headers, then a line for each field of each item, in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(record))
    return text.getvalue().encode("utf-8")


# -- spreadsheets


def as_xlsx(record: Record) -> bytes:
    """The record as a spreadsheet: the numbers, the short record, and a sheet for each part of the plan."""
    counted: list[list[Cell]] = [[label, *values] for label, values in numbers(record)]
    summary = Sheet("Summary", [Column(record.title), *(Column(name, WHOLE) for name in NUMBERS)], counted)
    short = Sheet(
        "Change record",
        [Column("Version"), Column("Date", DAY), Column("Description"), Column("Owner")],
        [[one.version, one.date, one.description, one.owner] for one in revisions(record)],
    )
    parts: dict[str, list[tuple[str, ...]]] = {}
    for row in rows(record):
        parts.setdefault(row[0], []).append(row[1:])
    columns = [Column(name, DAY if name == "When" else "text") for name in COLUMNS[1:]]
    return xlsx.written(
        [summary, short, *(Sheet(name, columns, of) for name, of in parts.items())], record.title
    )


# -- JSON


def as_json(record: Record) -> bytes:
    """The record as JSON, in UTF-8."""
    return (json.dumps(as_data(record), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_data(record: Record) -> dict[str, Any]:
    """The record as plain data, for JSON."""
    comparison = record.comparison
    names = [name.lower() for name in NUMBERS]
    short = [
        {"version": one.version, "date": one.date, "description": one.description, "owner": one.owner}
        for one in revisions(record)
    ]
    told = {(entry.item.kind, entry.item.id): entry for entry in entries(record)}
    return {
        "from": record.old_name, "to": record.new_name, "scope": list(record.scope),
        "summary": {
            "total": dict(zip(names, comparison.total.numbers, strict=True)),
            "kinds": [{"kind": one.kind, **dict(zip(names, one.numbers, strict=True))} for one in comparison.counts],
        },
        "revisions": short,
        "groups": [
            {"part": group.part, "kind": group.kind, "label": kinds()[group.kind].plural,
             "items": [_as_item(record, told, item) for item in group.items]}
            for group in comparison.groups
        ],
    }  # fmt: skip


def _as_item(record: Record, told: dict[tuple[str, str], Entry], item: Item) -> dict[str, Any]:
    entry = told[item.kind, item.id]
    lines = {line.field: line for line in entry.lines}
    step = item.steps[0] if item.steps else None
    return {
        "op": item.op, "kind": item.kind, "id": item.id, "was": item.was, "key": entry.key, "title": entry.title,
        "moved": item.moved, "renumbered": item.renumbered,
        "last": _as_made(made(record.comparison.new, step)),
        "fields": [_as_field(record, item, edit.field, lines.get(edit.field)) for edit in item.edits],
        "parts": [_as_item(record, told, part) for part in item.parts],
    }  # fmt: skip


def _as_field(record: Record, item: Item, name: str, line: Line | None) -> dict[str, Any]:
    comparison, edit = record.comparison, item.edit(name)
    assert edit is not None
    field = kinds()[item.kind][name]
    if edit.how == PLACED:
        old, new = words.told(comparison, item, edit)
    else:
        old, new = words.plain(comparison.old, field, edit.old), words.plain(comparison.new, field, edit.new)
    runs = [[run.what, run.text] for run in line.runs] if line and line.old and line.new else []
    return {
        "field": name, "label": field.label, "how": edit.how, "old": old, "new": new, "runs": runs,
        "made": _as_made(made(comparison.new, edit.made)),
    }  # fmt: skip


def _as_made(one: Made | None) -> dict[str, str] | None:
    return {"who": one.who, "at": one.at, "rfc": one.rfc, "why": one.why} if one else None
