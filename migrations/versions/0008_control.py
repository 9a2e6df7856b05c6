"""Change control: change requests, what people say of them, the board's dockets, and steps made under a request."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ADDED = {
    "plan": ("change_lock", "ordinary_hours major_hours board_hours"),
    "group": ("", "quorum"),
}
"""Table → its new columns of text, and of whole numbers."""

TABLES = {
    "rfc": (
        (
            "key name sort state weight proposal component proposer assignee proposed planned_end watchers products "
            "wbs documents requirements milestones risks sections tickets conclusion aka"
        ),
        "",
    ),
    "rfcmove": ("rfc at before state who reason", ""),
    "objection": ("rfc name person raised words state answer answered answerer", ""),
    "comment": ("rfc person at words", ""),
    "docket": ("key name group at state present others note", ""),
    "docketitem": ("docket subject rfc decision manner dissent notes", "place"),
    "boardaction": ("docket name rfc owner due done", ""),
}
"""Table → its columns of text, and of whole numbers."""


def upgrade() -> None:
    """Make the tables of change control, what the plan and its boards say of it, and a column of the history."""
    for table, (texts, numbers) in ADDED.items():
        for name in texts.split():
            op.add_column(table, sa.Column(name, sa.Text()))
            op.execute(f"UPDATE \"{table}\" SET {name} = ''")
        for name in numbers.split():
            op.add_column(table, sa.Column(name, sa.Integer()))
    op.add_column("step", sa.Column("rfc", sa.Text(), nullable=False, server_default=""))
    for table, (texts, numbers) in TABLES.items():
        columns = [sa.Column(name, sa.Text()) for name in texts.split()]
        columns += [sa.Column(name, sa.Integer()) for name in numbers.split()]
        op.create_table(table, sa.Column("id", sa.Text(), primary_key=True), *columns)
