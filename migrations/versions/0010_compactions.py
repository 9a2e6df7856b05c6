"""What was removed of the history, and when the rows it had touched were changed last."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table of compactions."""
    op.create_table(
        "compaction",
        sa.Column("step", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("until", "at", "who", "version")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("steps", "changes")),
        sa.Column("touched", sa.Text(), nullable=False),
    )
