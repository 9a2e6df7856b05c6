"""Findings of the checks can be accepted, each with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of accepted findings."""
    names = ("check", "kind", "row", "subject", "field", "words", "reason", "accepted", "until", "who")
    columns = (sa.Column(name, sa.Text()) for name in names)
    op.create_table("acceptance", sa.Column("id", sa.Text(), primary_key=True), *columns)
