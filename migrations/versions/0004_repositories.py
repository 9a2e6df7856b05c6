"""The repositories and components that exist get rows of their own, to hold those that products name against."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of repositories and components."""
    columns = (sa.Column(name, sa.Text()) for name in ("name", "sort", "url", "note"))
    op.create_table("repository", sa.Column("id", sa.Text(), primary_key=True), *columns)
