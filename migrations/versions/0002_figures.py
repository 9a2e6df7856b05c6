"""Figures become rows of their own, so that a section can name the ones it shows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of figures."""
    names = ("key", "caption", "section", "order", "drawing", "alternative")
    columns = (sa.Column(name, sa.Text()) for name in names)
    op.create_table("figure", sa.Column("id", sa.Text(), primary_key=True), *columns)
