"""Findings of the checks that somebody accepts as they are, with the reason; rows, so that accepting can be undone."""

from dmdesk.kinds import Entity, code, day, kind, line, prose


@kind(
    "acceptance", "Accepted finding", "Accepted findings", title="words",
    identity=("check", "kind", "row", "field", "words"),
)  # fmt: skip
class Acceptance(Entity):
    """A finding of the checks that is accepted, and why; when the check says something else, it is open again."""

    check: str = code("Check", "The code of the check, for example wbs.unknown.", required=True)
    kind: str = code("Kind", "The kind of the row it is about, for example product.", required=True)
    row: str = code(
        "Row", "The id of the row it is about, which stays when the row is renamed.", required=True
    )
    subject: str = line("About", "The key of the row, by which it is found when the plan came from text.")
    field: str = code("Field", "The field it is about.")
    words: str = line("Finding", "What the check said.", required=True)
    reason: str = prose("Reason", "Why it may stay as it is.", required=True)
    accepted: str = day("Accepted on", "The day it was accepted.")
    until: str = day("Until", "The last day on which it holds; empty for as long as the check says the same.")
    who: str = line("By", "Who accepted it.")
