"""The plan has a logo and figures can be pictures; both lie in the plan itself."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

PICTURES = {"plan": "logo", "figure": "picture"}


def upgrade() -> None:
    """Add the columns; rows that were there have no picture."""
    for table, column in PICTURES.items():
        op.add_column(table, sa.Column(column, sa.Text()))
        op.execute(f"UPDATE \"{table}\" SET {column} = ''")
