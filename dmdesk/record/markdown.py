"""The record in Markdown: headings, a table of numbers, and removed and added words as <del> and <ins>."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dmdesk.comparing import Run
from dmdesk.comparing.within import ADDED, REMOVED, SAME
from dmdesk.record.entries import NUMBERS, Entry, Line, Record, entries, numbers, revisions
from dmdesk.record.plain import NOTHING, shortened

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$]")
_TAGS = {SAME: ("", ""), REMOVED: ("<del>", "</del>"), ADDED: ("<ins>", "</ins>")}


def as_md(record: Record) -> bytes:
    """The record as Markdown."""
    return ("\n".join(_lines(record)).rstrip("\n") + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """Words that Markdown takes for words; a line break is one within a paragraph or cell."""
    return re.sub(r"\s*\n\s*", "<br>", _MARKUP.sub(r"\\\g<0>", text))


def _lines(record: Record) -> Iterator[str]:
    yield from (f"# {escaped(record.title)}", "")
    for one in record.scope:
        yield from (escaped(one), "")
    short = revisions(record)
    if short:
        yield from ("## Change record", "")
        yield from _table(
            ("Version", "Date", "Description", "Owner"),
            ((one.version, one.date, one.description, one.owner) for one in short),
        )
    if not record.comparison:
        yield "No differences."
        return
    yield from ("## Summary", "")
    counted = (
        (label, *(f"{number:,}" if number else "" for number in values)) for label, values in numbers(record)
    )
    yield from _table(("", *NUMBERS), counted, right=range(1, len(NUMBERS) + 1))
    part = plural = ""
    for entry in entries(record):
        if entry.part != part:
            part, plural = entry.part, ""
            yield from (f"## {escaped(part)}", "")
        if not entry.depth and entry.plural != plural:
            plural = entry.plural
            yield from (f"### {escaped(plural)}", "")
        yield from _entry(entry)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> Iterator[str]:
    to_right = set(right)
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('--:' if at in to_right else '---' for at in range(len(head)))}|"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
    yield ""


def _entry(entry: Entry) -> Iterator[str]:
    was = f" (was {escaped(entry.old_key)})" if entry.old_key else ""
    what = f": {entry.what}" if entry.what else ""
    if entry.depth:
        yield f"**{escaped(f'{entry.label} {entry.name}')}**{was}{what}"
    else:
        yield f"#### {escaped(entry.name)}{was}{what}"
    yield ""
    if entry.made and entry.what:
        yield from (f"*{escaped(entry.made.words)}*", "")
    for line in entry.lines:
        by = f" *({escaped(line.made.words)})*" if line.made and line.made != entry.made else ""
        yield f"- **{escaped(line.label)}:** {_change(line)}{by}"
    if entry.lines:
        yield ""


def _change(line: Line) -> str:
    if line.alone:
        return escaped(line.new or line.old)
    if line.several and line.old and line.new:
        return "; ".join(_marked(run) for run in line.runs)
    if any(run.what == SAME for run in line.runs) and not line.several:
        last = len(line.runs) - 1
        shown = (run if run.what != SAME else Run(SAME, shortened(run, first=not at, last=at == last))
                 for at, run in enumerate(line.runs))  # fmt: skip
        return "".join(map(_marked, shown))
    return f"{escaped(line.old) or NOTHING} → {escaped(line.new) or NOTHING}"


def _marked(run: Run) -> str:
    before, after = _TAGS[run.what]
    return f"{before}{escaped(run.text)}{after}"
