"""Findings and checks: what is wrong where, and the questions that find it.

A check is a question asked of plain data, so that the window, the command line and the printed plan say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from dmdesk.kinds import Entity, Kind, kind_of, kinds
from dmdesk.registry import Registry
from dmdesk.values import frozen

if TYPE_CHECKING:
    from dmdesk.changes import Change
    from dmdesk.reading import PlanData

ERROR, WARNING, NOTE, ACCEPTED = LEVELS = ("error", "warning", "note", "accepted")
"""How much a finding matters; accepted ones come last and count as none of the others."""


@frozen
class Fix:
    """One cure of a finding: its title, and the changes, made against the rows as they were when it was found.

    ``way`` says how it cures, in a word that is the same for all findings it suits, so that all can be cured alike.
    """

    title: str
    changes: tuple[Change, ...]
    way: str = "cure"


@frozen
class Finding:
    """Something to look at: which check found it, in which field of which row, in a sentence, and its cures.

    ``accepted`` is the reason for which somebody accepted it; its level is then ``ACCEPTED``. ``until`` is the last day
    on which that holds, "" where it has none.
    """

    code: str
    level: str
    kind: str
    id: str
    field: str
    words: str
    fixes: tuple[Fix, ...] = ()
    accepted: str = ""
    until: str = ""

    @property
    def fix(self) -> tuple[Change, ...]:
        """The changes of the first cure; () when there is none."""
        return self.fixes[0].changes if self.fixes else ()

    @property
    def fix_title(self) -> str:
        """The title of the first cure, or ""."""
        return self.fixes[0].title if self.fixes else ""


Question = Callable[["PlanData"], Iterator[Finding]]
QuestionOfKind = Callable[["PlanData", Kind], Iterator[Finding]]


@frozen
class Check:
    """A question about a plan. ``kinds`` are those whose rows the answer depends on, fixes included.

    Where not all of a kind matters, ``product.name`` stands for one field and for which rows there are, ``product.id``
    for the latter alone (see ``of``). A check of ``each`` kind asks about one kind at a time; ``needs`` gives what its
    answer for one depends on.
    """

    code: str
    level: str
    help: str
    kinds: tuple[str, ...] = ()
    question: Question | None = None
    each: QuestionOfKind | None = None
    needs: Callable[[Kind], tuple[str, ...]] | None = None

    @property
    def name(self) -> str:
        """The code: stable, for people to look up and for accepted findings to name."""
        return self.code

    def at(self, row: Entity, field: str, words: str, fixes: Iterable[Fix] = ()) -> Finding:
        """A finding of this check in a field of a row."""
        return Finding(self.code, self.level, kind_of(row).name, row.id, field, words, tuple(fixes))


CHECKS: Registry[Check] = Registry("check")


def check(code: str, level: str, kinds: tuple[str, ...]) -> Callable[[Question], Check]:
    """Register a question about these kinds, asked again when one changes; its docstring is the check's help."""

    def declare(question: Question) -> Check:
        return CHECKS.add(Check(code, level, _help(question), kinds=kinds, question=question))

    return declare


def of(kind: str, *fields: str) -> tuple[str, ...]:
    """The names of fields of a kind, for checks whose answer depends on those only."""
    return tuple(f"{kind}.{field}" for field in fields)


def named_by(kind: str) -> tuple[str, ...]:
    """What the key and the title of a kind's rows are made of, and other names."""
    own = kinds()[kind]
    fields = [name for name in (own.title, *own.identity, "aka") if name in own]
    joined = [own[name].target for name in own.identity if own[name].target] if not own.key else []
    return (*of(kind, "id", *fields), *(name for target in joined for name in named_by(target)))


@cache
def every_key() -> tuple[str, ...]:
    """The keys that references in texts may name, of all kinds."""
    return tuple(name for kind in kinds() if kind.key for name in of(kind.name, "id", kind.key))


def removed_with(kind: str) -> tuple[str, ...]:
    """What the removal of a row depends on: the row, what points at it, and what goes along."""
    found: dict[str, None] = {}
    todo = [kind]
    while todo:
        own = todo.pop()
        if own in found:
            continue
        found[own] = None
        for other in kinds():
            for field in other.links:
                if field.target == own:
                    found[f"{other.name}.{field.name}"] = None
                    if field.part or field.name == other.parent:
                        todo.append(other.name)
    return tuple(found)


def check_each(
    code: str, level: str, needs: Callable[[Kind], tuple[str, ...]]
) -> Callable[[QuestionOfKind], Check]:
    """Register a question that is asked of every kind by itself; its docstring is the check's help."""

    def declare(question: QuestionOfKind) -> Check:
        return CHECKS.add(Check(code, level, _help(question), each=question, needs=needs))

    return declare


def _help(question: Callable[..., object]) -> str:
    return " ".join((question.__doc__ or "").split())


def today() -> str:
    """The day that days in the plan are held against."""
    return date.today().isoformat()
