"""Figures can be block diagrams, typed as nested lists."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column for the list; rows that were there have none."""
    op.add_column("figure", sa.Column("blocks", sa.Text()))
    op.execute("UPDATE figure SET blocks = ''")
