"""Checks of dates and papers: milestones in order, interfaces with a document, the plan at its last release."""

from __future__ import annotations

from collections.abc import Iterator

from dmdesk.changes import add, put
from dmdesk.checks import finding as f
from dmdesk.checks.finding import ERROR, NOTE, WARNING, Finding, Fix, check, of
from dmdesk.checks.fixing import CREATE, LINK, missing, setting
from dmdesk.model import Interface, Milestone, PlanDocument, Revision
from dmdesk.reading import PlanData


@check("milestone.order", WARNING, kinds=("milestone",))
def order(data: PlanData) -> Iterator[Finding]:
    """A milestone that comes before one that must come first: it is due earlier, or done while the other is not."""
    rows = data.all(Milestone)
    for row in rows.values():
        for id in row.predecessors:
            first = rows.get(id)
            if first is None:
                continue
            name = data.key(first) or data.title(first)
            if row.done and not first.done:
                yield order.at(
                    row, "predecessors", f"It was done on {row.done}, but {name}, which comes first, is not."
                )
            elif row.done and first.done > row.done:
                words = f"It was done on {row.done}, before {name}, which comes first ({first.done})."
                yield order.at(row, "predecessors", words)
            elif not row.done and row.due and first.due > row.due:
                words = f"It is due on {row.due}, before {name}, which must come first ({first.due})."
                fixes = [setting(row, f"Make it due on {first.due}", "make it due then", due=first.due)]
                yield order.at(row, "due", words, fixes)


@check("milestone.circle", ERROR, kinds=("milestone",))
def circle(data: PlanData) -> Iterator[Finding]:
    """A milestone that must, over its predecessors, come before itself."""
    rows = data.all(Milestone)
    for id in on_circles({id: [p for p in row.predecessors if p in rows] for id, row in rows.items()}):
        yield circle.at(
            rows[id], "predecessors", "Over its predecessors this milestone must come before itself."
        )


def on_circles(after: dict[str, list[str]]) -> list[str]:
    """One node of each knot of nodes that lead to each other, or to themselves, along these arrows."""
    left = {node: sum(target in after for target in targets) for node, targets in after.items()}
    before: dict[str, list[str]] = {}
    for node, targets in after.items():
        for target in targets:
            before.setdefault(target, []).append(node)
    done = [node for node, count in left.items() if not count]
    for node in done:
        for earlier in before.get(node, ()):
            left[earlier] -= 1
            if not left[earlier]:
                done.append(earlier)
    return _one_a_knot(after, set(after) - set(done))


def _one_a_knot(after: dict[str, list[str]], knotted: set[str]) -> list[str]:
    found: list[str] = []
    seen: set[str] = set()
    for start in after:
        if start not in knotted or start in seen:
            continue
        todo, reached = list(after[start]), set[str]()
        while todo:
            node = todo.pop()
            if node in knotted and node not in reached:
                reached.add(node)
                todo += after[node]
        if start in reached:
            found.append(start)
            seen |= reached
    return found


@check("milestone.no-date", NOTE, kinds=("milestone",))
def no_date(data: PlanData) -> Iterator[Finding]:
    """A milestone that has no baseline date, so that nobody can say whether it is late."""
    for row in data.all(Milestone).values():
        if not row.due:
            has = row.forecast or row.done
            fixes = [setting(row, f"Take {has} for it", "take the forecast", due=has)] if has else []
            yield no_date.at(row, "due", "This milestone has no baseline date.", fixes)


@check("milestone.done-early", WARNING, kinds=("milestone",))
def done_early(data: PlanData) -> Iterator[Finding]:
    """A milestone that is said to be done on a day still to come."""
    for row in data.all(Milestone).values():
        if row.done > f.today():
            fix = setting(row, "Make it the forecast", "make it the forecast", done="", forecast=row.done)
            yield done_early.at(row, "done", f"It cannot be done on {row.done}, a day still to come.", [fix])


@check("interface.no-document", WARNING, kinds=("interface", *of("document", "key")))
def no_document(data: PlanData) -> Iterator[Finding]:
    """An interface without a document that controls it."""
    for row in data.all(Interface).values():
        if row.document:
            continue
        same = data.find("document", row.key) if row.key else None
        fixes = []
        if same is not None:
            fixes = [setting(row, f"Link {data.key(same)}", LINK, document=same.id)]
        elif row.key:
            made = missing(data, "document", row.key, {"key": row.key, "name": row.name, "kind": "interface"})
            changes = (add(made), put(row, {"document": made.id}))
            fixes = [Fix(f"Add the document {row.key}", changes, CREATE)]
        yield no_document.at(row, "document", "No document controls this interface; link its ICD.", fixes)


@check("plan.release", WARNING, kinds=("plan", "revision"))
def release(data: PlanData) -> Iterator[Finding]:
    """The version on the cover is not the last one of the change record."""
    last = max(data.all(Revision).values(), key=lambda row: row.date, default=None)
    for row in data.all(PlanDocument).values():
        if last is None or not row.version or _numbers(row.version) == _numbers(last.version):
            continue
        words = f"The cover says version {row.version}, but the change record ends with {last.version} ({last.date})."
        fix = setting(
            row, f"Make it version {last.version}", "take the last", version=last.version, date=last.date
        )
        yield release.at(row, "version", words, [fix])


def _numbers(version: str) -> list[str]:
    parts = version.removeprefix("v").split(".")
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return parts
