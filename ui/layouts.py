"""Layouts: which fields stand together and in which order, in forms and in tables, written by hand.

Labels, help, editors and checks follow from the kinds; only the arrangement is decided here, and a test says
that each field of each kind is placed once or named as hidden.
"""

from __future__ import annotations

from dmdesk.kinds import kinds
from ui.models.derived import derived

Group = tuple[str, tuple[str, ...]]
"""A heading ("" for none) and the fields below it."""

FORMS: dict[str, tuple[Group, ...]] = {
    "plan": (
        ("", ("title", "short_title", "handle", "project", "abstract")),
        ("Release", ("version", "date", "state", "authors")),
        ("Control", ("curator", "control_authority", "control_statement", "control_notice", "flagged")),
        ("Front matter", ("letterhead", "logo", "source_location", "copyright")),
        ("Risks", ("currency", "cost_baseline", "risk_pattern", "review_days", "candidate_days")),
        ("Change control", ("change_lock", "ordinary_hours", "major_hours", "board_hours")),
    ),
    "revision": (("", ("version", "date", "description", "owner")),),
    "section": (("", ("title", "key", "appendix")), ("Place", ("parent",))),
    "figure": (("", ("caption", "key", "drawing", "section", "picture", "blocks", "alternative")),),
    "product": (
        ("", ("name", "key", "kind", "description")),
        ("Responsibility", ("wbs", "managers", "owners", "teams")),
        ("Links", ("repositories", "jira", "documents", "requirements", "uses")),
        ("Place", ("parent", "aka", "note")),
    ),
    "repository": (("", ("name", "sort", "url", "note")),),
    "wbs": (
        ("", ("name", "key", "institutions", "manager", "dictionary")),
        ("Place", ("parent", "aka")),
    ),
    "institution": (("", ("name", "key", "lead", "place", "number", "summary")),),
    "person": (("", ("name", "key", "institution", "teams", "email", "initials")), ("More", ("left", "aka"))),
    "role": (
        ("", ("name", "key", "summary", "reports_to", "reports_outside", "institution")),
        ("R2A2", ("responsibilities", "authorities")),
        ("Place", ("section", "aka")),
    ),
    "appointment": (("", ("role", "person", "capacity", "start", "end", "scope")),),
    "team": (
        ("", ("name", "key", "institution", "manager", "lead", "wbs")),
        ("Charge", ("summary", "activities", "section")),
    ),
    "group": (
        ("", ("name", "key", "kind", "summary")),
        ("People", ("chair", "cochair", "reports_to")),
        ("Charter", ("purpose", "responsibilities", "decision_rule", "quorum")),
        ("Ways of working", ("cadence", "mailing_list", "communications", "section")),
    ),
    "membership": (("", ("group", "role", "person", "position", "note")),),
    "meeting": (("", ("name", "key", "group", "chair", "cadence", "length", "form", "purpose", "section")),),
    "requirement": (("", ("name", "key", "text", "priority", "source", "derived")),),
    "trace": (("", ("requirement", "parent", "rationale")),),
    "interface": (("", ("name", "key", "counterpart", "document", "owner", "products", "summary")),),
    "document": (
        ("", ("name", "key", "kind", "level", "state", "owner")),
        ("More", ("summary", "url", "parent")),
    ),
    "reference": (("", ("name", "key", "authors", "year", "venue", "doi", "url", "document")),),
    "acronym": (("", ("key", "meaning", "note", "tags", "documents")),),
    "milestone": (
        ("", ("name", "key", "level", "description")),
        ("Dates", ("due", "forecast", "done")),
        ("Links", ("wbs", "predecessors", "products", "test_spec")),
        ("More", ("comment", "aka")),
    ),
    "scale": (("", ("name", "key", "source", "rule", "table", "note")),),
    "band": (("", ("scale", "level", "name", "least", "most", "point")),),
    "impact": (("", ("scale", "dimension", "level", "name", "words", "limit", "unit", "value")),),
    "zone": (("", ("scale", "name", "least", "colour", "mark")),),
    "category": (("", ("name", "key", "parent", "summary")),),
    "risk": (
        ("", ("name", "key", "kind", "state", "condition", "consequence", "status")),
        ("Responsibility", ("owner", "department", "category", "cycle", "next_review")),
        ("Headline", ("parent", "headline", "one_event")),
        (
            "Money and time",
            (
                "probability",
                "occurrences",
                "cost_min",
                "cost_likely",
                "cost_max",
                "delay_min",
                "delay_likely",
                "delay_max",
                "funding",
                "basis",
            ),
        ),
        ("When", ("trigger", "retire_by", "retire_milestone", "impacted", "impact_on", "entered")),
        ("Links", ("products", "wbs", "documents", "requirements", "changes")),
        ("More", ("context", "share", "existential", "conclusion", "aka")),
    ),
    "score": (
        ("", ("risk", "sort", "date", "likelihood", "overall", "cost", "schedule", "further", "note")),
    ),
    "move": (("", ("risk", "date", "before", "state", "reason", "who")),),
    "response": (("", ("risk", "name", "strategy", "state", "owner", "summary", "secondary")),),
    "action": (
        ("", ("risk", "response", "name", "owner", "due", "state", "done")),
        ("More", ("on_realisation", "cost", "effect", "works")),
    ),
    "draw": (("", ("risk", "date", "amount", "change", "note")),),
    "review": (
        ("", ("name", "key", "date", "state", "people", "others", "scope", "note")),
        ("Figures", ("seconds", "expected_before", "expected_after", "p80_before", "p80_after")),
    ),
    "reviewed": (
        ("", ("review", "subject", "risk", "place", "state", "notes", "decision", "next_review", "seconds")),
        (
            "Then",
            (
                "state_before",
                "state_after",
                "likelihood_before",
                "likelihood_after",
                "impact_before",
                "impact_after",
                "score_before",
                "score_after",
                "exposure_before",
                "exposure_after",
            ),
        ),
    ),
    "rfc": (
        ("", ("name", "key", "sort", "state", "weight", "proposal", "conclusion")),
        ("Responsibility", ("component", "proposer", "assignee", "watchers")),
        ("When", ("proposed", "planned_end")),
        (
            "Links",
            (
                "documents",
                "products",
                "wbs",
                "requirements",
                "milestones",
                "risks",
                "sections",
                "tickets",
            ),
        ),
        ("More", ("aka",)),
    ),
    "rfcmove": (("", ("rfc", "at", "before", "state", "who", "reason")),),
    "objection": (
        ("", ("name", "rfc", "person", "raised", "words")),
        ("Answer", ("state", "answer", "answered", "answerer")),
    ),
    "comment": (("", ("rfc", "person", "at", "words")),),
    "docket": (("", ("name", "key", "group", "at", "state", "present", "others", "note")),),
    "docketitem": (
        ("", ("docket", "subject", "rfc", "place")),
        ("Decision", ("decision", "manner", "dissent", "notes")),
    ),
    "boardaction": (("", ("docket", "name", "rfc", "owner", "due", "done")),),
    "acceptance": (
        ("", ("words", "subject", "reason", "until", "accepted", "who")),
        ("Finding", ("check", "kind", "field")),
    ),
}

HIDDEN: dict[str, tuple[str, ...]] = {
    "plan": ("scale",),
    "section": ("order", "body"),
    "figure": ("order",),
    "product": ("order",),
    "role": ("order",),
    "group": ("order",),
    "category": ("order",),
    "response": ("order",),
    "action": ("order",),
    "acceptance": ("row",),
}
"""Ranks, which people change by moving rows, the prose of sections, which their page shows in full, and the risk scale
of the plan, which is chosen on the page of scales, where one sees what becomes of scores."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "revision": ("version", "date", "description", "owner"),
    "section": ("title", "+words"),
    "figure": ("caption", "key", "section", "drawing"),
    "product": ("name", "wbs", "managers", "owners", "repositories"),
    "repository": ("name", "sort", "url", "note"),
    "wbs": ("key", "name", "institutions", "+products", "dictionary"),
    "institution": ("key", "name", "lead", "place", "+people"),
    "person": ("name", "institution", "teams", "+roles", "email"),
    "role": ("name", "key", "+holders", "reports_to", "institution"),
    "appointment": ("role", "person", "capacity", "start", "end", "scope"),
    "team": ("name", "key", "institution", "manager", "lead", "wbs"),
    "group": ("name", "key", "kind", "chair", "+members", "cadence"),
    "membership": ("group", "role", "person", "position", "note"),
    "meeting": ("name", "group", "chair", "cadence", "form"),
    "requirement": ("key", "name", "priority", "+traces", "source", "text"),
    "trace": ("requirement", "parent", "rationale"),
    "interface": ("key", "name", "counterpart", "document", "owner"),
    "document": ("key", "name", "kind", "level", "state", "owner"),
    "reference": ("key", "name", "authors", "year", "document"),
    "acronym": ("key", "meaning", "tags"),
    "milestone": ("key", "name", "level", "due", "forecast", "done", "wbs"),
    "scale": ("name", "key", "rule", "source"),
    "band": ("scale", "level", "name", "least", "most", "point"),
    "impact": ("scale", "dimension", "level", "name", "words", "limit", "unit"),
    "zone": ("scale", "name", "least", "colour", "mark"),
    "category": ("name", "key", "summary"),
    "risk": (
        "key",
        "name",
        "+score",
        "+trend",
        "state",
        "kind",
        "owner",
        "+emv",
        "+retires",
        "+review_due",
    ),
    "score": ("risk", "sort", "date", "likelihood", "overall", "cost", "schedule", "note"),
    "move": ("risk", "date", "before", "state", "reason", "who"),
    "response": ("risk", "name", "strategy", "state", "owner"),
    "action": ("risk", "name", "owner", "due", "state", "cost", "effect"),
    "draw": ("risk", "date", "amount", "change", "note"),
    "review": ("key", "name", "date", "state", "people", "p80_before", "p80_after"),
    "reviewed": ("review", "subject", "state", "decision", "score_before", "score_after", "notes"),
    "rfc": ("key", "name", "state", "weight", "assignee", "proposed", "planned_end"),
    "rfcmove": ("rfc", "at", "before", "state", "who", "reason"),
    "objection": ("rfc", "name", "person", "raised", "state", "answer"),
    "comment": ("rfc", "person", "at", "words"),
    "docket": ("key", "name", "group", "at", "state", "present"),
    "docketitem": ("docket", "subject", "decision", "manner", "dissent"),
    "boardaction": ("docket", "name", "owner", "due", "done"),
    "acceptance": ("words", "subject", "reason", "until", "accepted", "who", "check"),
}
"""The columns a page opens with; "+" marks one that is counted, not typed (``ui/models/derived.py``)."""

WIDTHS: dict[str, int] = {
    "name": 34, "title": 40, "caption": 46, "key": 16, "wbs": 14, "description": 60, "body": 60, "dictionary": 60,
    "text": 60, "meaning": 50, "level": 8, "priority": 9, "date": 12, "due": 14, "forecast": 12, "done": 12,
    "start": 12, "end": 12, "year": 8, "version": 10, "capacity": 10, "lead": 24, "rationale": 40, "scope": 24,
    "+products": 10, "+people": 9, "+members": 10, "+traces": 12, "+words": 8, "kind": 16, "state": 13,
    "requirement": 40, "parent": 40, "email": 28, "note": 40, "summary": 50, "counterpart": 26, "initials": 9,
    "words": 50, "reason": 40, "until": 12, "accepted": 13, "+score": 15, "+trend": 12, "+emv": 12, "+retires": 13,
    "+review_due": 13, "+level": 12, "+likelihood": 10, "+impact": 8, "+initial": 12, "+target": 12, "+expected": 14,
    "+delay": 14, "+drawn": 12, "+reviewed": 12, "+due": 14, "+overdue": 9, "+open": 7,
    "at": 20, "proposed": 20, "planned_end": 20, "raised": 20, "answered": 20,
}  # fmt: skip
"""Widths of columns in characters where the usual does not fit."""

OWN_WIDTHS: dict[tuple[str, str], int] = {
    ("institution", "lead"): 14, ("risk", "key"): 20, ("risk", "name"): 34, ("risk", "kind"): 13, ("risk", "state"): 12,
    ("risk", "owner"): 18,
}  # fmt: skip
"""Widths of columns that are others in one kind."""

USUAL_WIDTH = 22
TREE_KEY_WIDTH = 24
"""Of a first column that holds codes behind the indentation of a tree."""


def form(kind: str) -> tuple[Group, ...]:
    """The groups of fields of a kind's form."""
    return FORMS[kind]


def columns(kind: str) -> tuple[str, ...]:
    """The columns a page of the kind opens with; the first carries the icon and, in trees, the branches."""
    return COLUMNS[kind]


def width(kind: str, column: str) -> int:
    """The width of a column in characters."""
    if (kind, column) in OWN_WIDTHS:
        return OWN_WIDTHS[kind, column]
    if column == "key" and kinds()[kind].parent:
        return TREE_KEY_WIDTH
    return WIDTHS.get(column, USUAL_WIDTH)


def choosable(kind: str) -> tuple[str, ...]:
    """All columns of a kind: those shown at first, then the others."""
    first = COLUMNS.get(kind, ())
    hidden = HIDDEN.get(kind, ())
    others = [*(field.name for field in kinds()[kind].fields), *derived(kind)]
    return first + tuple(name for name in others if name not in first and name not in hidden)
