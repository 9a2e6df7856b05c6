"""Comparing on the command line: which part of a comparison is asked for, where its history is, and how it is printed.

Shared by every command that compares or says what it would do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dmdesk import baselines, comparing
from dmdesk.changes import ADD, DROP, SET, Change
from dmdesk.checks.naming import named
from dmdesk.cli import output, wording
from dmdesk.cli.asking import kind_named
from dmdesk.cli.command import arg
from dmdesk.cli.opening import history_of, is_text, split
from dmdesk.comparing import ADDED, DROPPED, Comparison
from dmdesk.comparing.history import between
from dmdesk.comparing.scope import SCOPES
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds as all_kinds
from dmdesk.reading import PlanData
from dmdesk.store import Step, Store

if TYPE_CHECKING:
    from dmdesk.record import Record

NARROWING = (
    arg("--kind", "Rows of these kinds, with their parts.", nargs="+", action="extend", default=[], metavar="KIND"),
    arg("--filter", "Rows of the one kind named that fit, in either plan.", default="", metavar="FILTER"),
    arg("--by", "What this person changed; part of the name does.", default="", metavar="NAME"),
    arg("--rfc", "What was changed under this change request; none: under no one.", default="", metavar="KEY"),
    arg("--wbs", "What belongs to this WBS element or those below it.", default="", metavar="CODE"),
    arg("--institution", "What belongs to this institution.", default="", metavar="KEY"),
    arg("--person", "What this person owns, manages or holds.", default="", metavar="KEY"),
)  # fmt: skip
"""The options that choose a part of a comparison, for ``narrowed``."""


def narrowed(comparison: Comparison, wanted: dict[str, Any]) -> Comparison:
    """The part of a comparison that the options of ``NARROWING`` ask for.

    Raises:
        PlanError: an option names nothing, or asks for a history that there is none of.
    """
    options = {kind: _key(comparison, kind, wanted[kind]) for kind in ("rfc", *SCOPES)}
    options["by"] = wanted["by"]
    kinds = [kind_named(one).name for one in wanted["kind"]]
    if (options["by"] or options["rfc"]) and not any(item.steps for item in comparison.items):
        raise PlanError(
            "Who changed what is not known here; compare with the plan file, which has the history."
        )
    ids = _fitting(comparison, kinds, wanted["filter"]) if wanted["filter"].strip() else None
    return comparing.narrowed(comparison, kinds=kinds, ids=ids, **options)


def _key(comparison: Comparison, kind: str, words: str) -> str:
    """The key of what is named, by key, title or another name; the words themselves where nothing is."""
    for data in (comparison.new, comparison.old) if words else ():
        row = named(data, kind, words)
        if row is not None:
            return data.key(row)
    return words


def _fitting(comparison: Comparison, kinds: Sequence[str], text: str) -> set[tuple[str, str]]:
    from dmdesk import filters

    if len(kinds) != 1:
        raise PlanError("A filter asks for rows of one kind; name it with --kind.")
    wanted = filters.parse(text, kind_named(kinds[0]))
    return {(kinds[0], id) for data in (comparison.old, comparison.new) for id in wanted.matches(data)}


def asked(wanted: dict[str, Any]) -> bool:
    """Whether the options of ``NARROWING`` ask for anything."""
    return any(wanted[name] for name in ("kind", "filter", "by", "rfc", *SCOPES))


def in_words(wanted: dict[str, Any]) -> tuple[str, ...]:
    """What a part of a comparison is about, a sentence each."""
    found = []
    if wanted["kind"]:
        found.append(f"Only {', '.join(_plural(one) for one in wanted['kind'])}.")
    if wanted["filter"].strip():
        found.append(f"Only what fits “{wanted['filter'].strip()}”.")
    if wanted["by"]:
        found.append(f"Only what {wanted['by']} changed.")
    if wanted["rfc"]:
        under = "no change request" if wanted["rfc"].casefold() == "none" else wanted["rfc"]
        found.append(f"Only what was changed under {under}.")
    found += [
        f"Only what belongs to the {words} {wanted[kind]}." for kind, words in SCOPES.items() if wanted[kind]
    ]
    return tuple(found)


def _plural(kind: str) -> str:
    """A kind within a sentence: “products”, “WBS elements”."""
    words = kind_named(kind).plural
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"


Steps = list[tuple[Step, list[Change]]]


def steps_between(a: Path, b: Path) -> Steps:
    """The steps that made two states differ, as far as the second's file knows them; of one file in either order."""
    if is_text(b):
        return []
    (first, _), (last, _) = split(a), split(b)
    with history_of(last) as (_, kept):
        if first == last:
            ends = [_step_of(kept, one) for one in (a, b)]
            after, until = (
                (0, 0) if not any(ends) else (max(ends), 0) if not all(ends) else (min(ends), max(ends))
            )
            steps = between(kept.steps(), after, until)
        else:
            known = _known(first)
            steps = [one for one in between(kept.steps(), 0, _step_of(kept, b)) if _sign(one) not in known]
        return [(step, kept.changes_of(step.id)) for step in steps]


def _step_of(kept: Store, path: Path) -> int:
    """The step that sealed a baseline, 0 for the plan as it is."""
    file, version = split(path)
    return baselines.named(kept.baselines(), version, file.name).step if version else 0


def _known(file: Path) -> set[tuple[int, str, str]]:
    """The steps that another file knows too: it is a copy of the same plan."""
    if is_text(file):
        return set()
    with history_of(file) as (_, kept):
        return {_sign(step) for step in between(kept.steps())}


def _sign(step: Step) -> tuple[int, str, str]:
    return step.id, step.at, step.title


def changes_in(comparison: Comparison) -> Iterator[Change]:
    """What a comparison tells, as changes, kind by kind."""
    ops = {ADDED: ADD, DROPPED: DROP}
    places = {kind.name: at for at, kind in enumerate(all_kinds())}
    for item in sorted(comparison.items, key=lambda item: places[item.kind]):
        fields = {edit.field: (edit.old, edit.new) for edit in item.edits}
        yield Change(ops.get(item.op, SET), item.kind, item.id, fields)


def print_record(record: Record) -> None:
    """The detailed change record, as text for a terminal."""
    from dmdesk.record import plain

    for indent, text in plain.lines(record):
        output.say(f"{'  ' * indent}{output.cell(text, 0)}".rstrip())


def print_changes(changes: list[Change], before: PlanData, after: PlanData, *, counted: bool = False) -> None:
    """A line per row and field, by kind; with ``counted``, numbers for each kind first; a summary last."""
    if counted and changes:
        output.table(wording.counts(changes), headers=["", "Added", "Changed", "Removed"], numbers=(1, 2, 3))
        output.say()
    for line in wording.lines(changes, before, after):
        output.say(line)
    output.say(f"{wording.summary(changes)}.")
