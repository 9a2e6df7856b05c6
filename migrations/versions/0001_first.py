"""The first schema: all kinds of a plan but figures, and the history of steps.

The tables are spelled out because a migration must stay what it was when the kinds move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TEXTS = {
    "plan": (
        "handle title short_title project letterhead version date state authors abstract curator "
        "source_location control_authority control_statement control_notice flagged copyright"
    ),
    "revision": "version date description owner",
    "section": "key title parent order appendix# body",
    "product": (
        "key name parent order kind description wbs teams managers owners repositories jira documents "
        "requirements uses aka note"
    ),
    "wbs": "key name parent institutions manager dictionary aka",
    "institution": "key name lead# place summary number",
    "person": "key name institution teams email initials left aka",
    "role": (
        "key name order summary reports_to reports_outside responsibilities authorities institution section aka"
    ),
    "appointment": "role person capacity start end scope",
    "team": "key name institution manager lead wbs summary activities section",
    "group": (
        "key name order kind purpose summary chair cochair responsibilities decision_rule cadence "
        "mailing_list communications reports_to section"
    ),
    "membership": "group role person position note",
    "meeting": "key name group chair cadence length form purpose section",
    "requirement": "key name source text priority derived",
    "trace": "requirement parent rationale",
    "interface": "key name counterpart document owner products summary",
    "document": "key name parent kind level state owner url summary",
    "reference": "key name authors year# venue doi url document",
    "acronym": "key meaning tags note documents",
    "milestone": (
        "key name level due forecast done description comment wbs predecessors products test_spec aka"
    ),
}
"""Table → its columns after the id, in order; a # marks whole numbers, all others are text."""


def upgrade() -> None:
    """Make all tables."""
    for table, columns in TEXTS.items():
        op.create_table(table, sa.Column("id", sa.Text(), primary_key=True), *map(_column, columns.split()))
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), primary_key=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("at", "who", "title", "why", "state", "schema")
        ),
        sa.Column("size", sa.Integer(), nullable=False),
    )
    op.create_index("ix_step_state", "step", ["state"])
    op.create_table(
        "change",
        sa.Column("step", sa.Integer(), sa.ForeignKey("step.id"), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("op", "kind", "row", "fields")),
    )
    op.create_index("ix_change_row", "change", ["row"])


def _column(name: str) -> sa.Column[str] | sa.Column[int]:
    return sa.Column(name[:-1], sa.Integer()) if name.endswith("#") else sa.Column(name, sa.Text())
