"""The record as plain text, for terminals and mails: removed words as [-…-], added ones as {+…+}."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.comparing import Run
from dmdesk.comparing.within import ADDED, REMOVED, SAME
from dmdesk.record.entries import Entry, Line, Record, entries, numbers

MARKS = {SAME: ("", ""), REMOVED: ("[-", "-]"), ADDED: ("{+", "+}")}

AROUND = 60
"""Signs of an unchanged stretch that are shown beside a change; the rest of a longer one is left out."""


def lines(record: Record) -> Iterator[tuple[int, str]]:
    """(indent, words) of each line; a value's own line breaks are shown as ⏎."""
    yield 0, record.title
    for one in record.scope:
        yield 0, one
    if not record.comparison:
        yield 0, "No differences."
        return
    yield 0, ""
    for label, counted in numbers(record):
        yield 1, f"{label}: {counted_words(counted)}"
    heading = ("", "")
    for entry in entries(record):
        if entry.depth == 0 and (entry.part, entry.plural) != heading:
            heading = (entry.part, entry.plural)
            yield 0, ""
            yield 0, f"{entry.part}: {entry.plural}" if entry.part != entry.plural else entry.part
        yield from _entry(entry)


def counted_words(counted: tuple[int, ...]) -> str:
    """Numbers as words, those that are none left out: “2 added, 1 changed (1 moved), 4 fields”."""
    added, changed, moved, renumbered, dropped, fields = counted
    more = [f"{number:,} {word}" for word, number in (("moved", moved), ("renumbered", renumbered)) if number]
    among = f" ({', '.join(more)})" if more else ""
    named = ((added, "added", ""), (changed, "changed", among), (dropped, "dropped", ""))
    found = [f"{number:,} {word}{extra}" for number, word, extra in named if number]
    if fields:
        found.append(f"{fields:,} {'field' if fields == 1 else 'fields'}")
    return ", ".join(found)


def _entry(entry: Entry) -> Iterator[tuple[int, str]]:
    indent = 1 + entry.depth
    kind = f"{entry.label} " if entry.depth else ""
    was = f" (was {entry.old_key})" if entry.old_key else ""
    what = f": {entry.what}" if entry.what else ""
    by = f" – {entry.made.words}" if entry.made and entry.what else ""
    yield indent, f"{kind}{entry.name}{was}{what}{by}"
    for line in entry.lines:
        by = f" – {line.made.words}" if line.made and line.made != entry.made else ""
        yield indent + 1, f"{line.label}: {change(line)}{by}"


def change(line: Line) -> str:
    """What became of a field, on one line."""
    if line.alone:
        return flat(line.new or line.old)
    if line.several and line.old and line.new:
        return "; ".join(members(line))
    if any(run.what == SAME for run in line.runs) and not line.several:
        return flat("".join(_run(run, at, len(line.runs)) for at, run in enumerate(line.runs)))
    return f"{flat(line.old) or NOTHING} → {flat(line.new) or NOTHING}"


def members(line: Line) -> Iterator[str]:
    """The members of a list that came or went, and how many stayed."""
    same = 0
    for run in line.runs:
        if run.what == SAME:
            same += 1
        else:
            yield f"{_SIGNS[run.what]}{flat(run.text)}"
    if same:
        yield f"{same:,} as before"


NOTHING = "(nothing)"
_SIGNS = {REMOVED: "−", ADDED: "+"}


def _run(run: Run, at: int, of: int) -> str:
    before, after = MARKS[run.what]
    return f"{before}{shortened(run, first=at == 0, last=at == of - 1)}{after}"


def shortened(run: Run, *, first: bool, last: bool) -> str:
    """The words of a run, of a long unchanged one only what is beside a change."""
    text = run.text
    if run.what != SAME or len(text) <= 2 * AROUND:
        return text
    head = "" if first else _whole_words(text[: AROUND + 1])
    tail = "" if last else _whole_words(text[-AROUND - 1 :][::-1])[::-1]
    return f"{head}…{tail}"


def _whole_words(text: str) -> str:
    """The text without the word that its end has cut, if there is one before."""
    words = text[:-1] if text[-1].isspace() else text.rpartition(" ")[0]
    return words or text[:-1]


def flat(text: str) -> str:
    """A text on one line."""
    return text.replace("\n", " ⏎ ")


def as_text(record: Record) -> bytes:
    """The record as a text file."""
    return "".join(f"{'  ' * indent}{text}".rstrip() + "\n" for indent, text in lines(record)).encode("utf-8")
