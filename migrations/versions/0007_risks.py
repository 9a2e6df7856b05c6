"""The risk register: risks with their scores, moves, responses, actions and draws, scales, and reviews."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

PLAN = {"currency": sa.Text, "cost_baseline": sa.Integer, "scale": sa.Text, "risk_pattern": sa.Text,
        "review_days": sa.Integer, "candidate_days": sa.Integer}  # fmt: skip

TABLES = {
    "scale": (
        "key name source rule table note",
        "",
    ),
    "band": (
        "scale level name least most point",
        "",
    ),
    "impact": (
        "scale dimension level name words limit unit value",
        "",
    ),
    "zone": (
        "scale name least colour mark",
        "",
    ),
    "category": (
        "key name parent order summary",
        "",
    ),
    "risk": (
        (
            "key name kind state condition consequence context owner department category parent cycle "
            "entered trigger retire_by retire_milestone impacted impact_on products wbs documents "
            "requirements changes probability delay_min delay_likely delay_max funding basis "
            "next_review status conclusion aka"
        ),
        "headline one_event share existential occurrences cost_min cost_likely cost_max",
    ),
    "score": (
        "risk sort date further note",
        "likelihood overall cost schedule",
    ),
    "move": (
        "risk date before state reason who",
        "",
    ),
    "response": (
        "risk name order strategy state owner summary secondary",
        "",
    ),
    "action": (
        "risk response name order owner due state done effect works",
        "on_realisation cost",
    ),
    "draw": (
        "risk date change note",
        "amount",
    ),
    "review": (
        "key name date state people others scope note",
        "seconds expected_before expected_after p80_before p80_after",
    ),
    "reviewed": (
        (
            "review subject risk state notes decision state_before state_after score_before score_after "
            "next_review"
        ),
        (
            "place likelihood_before likelihood_after impact_before impact_after exposure_before "
            "exposure_after seconds"
        ),
    ),
}
"""Table → its columns of text, and of whole numbers."""


def upgrade() -> None:
    """Make the tables of the register, and what the plan says of it."""
    for name, sort in PLAN.items():
        op.add_column("plan", sa.Column(name, sort()))
        if sort is sa.Text:
            op.execute(f"UPDATE plan SET {name} = ''")
    for table, (texts, numbers) in TABLES.items():
        columns = [sa.Column(name, sa.Text()) for name in texts.split()]
        columns += [sa.Column(name, sa.Integer()) for name in numbers.split()]
        op.create_table(table, sa.Column("id", sa.Text(), primary_key=True), *columns)
