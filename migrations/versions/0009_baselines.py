"""Baselines: sealed versions of the plan, which SQLite itself refuses to change or to drop."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WORDS = (
    "version date description owner rfc rfc_words at who schema follows accepted sha256 previous proof seal pdf "
    "paper exported mark"
)

SEALED = (
    "number version date description owner rfc rfc_words at who "
    "schema step follows accepted sha256 previous text proof seal"
)

TRIGGERS = (
    f"""CREATE TRIGGER baseline_sealed BEFORE UPDATE ON baseline
WHEN {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in SEALED.split())}
  OR (OLD.pdf <> '' AND (NEW.pdf IS NOT OLD.pdf OR NEW.paper IS NOT OLD.paper))
  OR (OLD.exported <> '' AND NEW.exported IS NOT OLD.exported)
BEGIN SELECT RAISE(ABORT, 'a sealed baseline is never changed'); END""",
    """CREATE TRIGGER baseline_kept BEFORE DELETE ON baseline
WHEN OLD.exported <> '' OR NOT EXISTS (SELECT 1 FROM step WHERE id = OLD.step AND state <> 'done')
BEGIN SELECT RAISE(ABORT, 'a sealed baseline is kept'); END""",
    """CREATE TRIGGER step_forgotten BEFORE DELETE ON step WHEN OLD.state <> 'done'
BEGIN DELETE FROM baseline WHERE step = OLD.id; END""",
)


def upgrade() -> None:
    """Make the table of baselines and what guards it."""
    op.create_table(
        "baseline",
        sa.Column("number", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS.split()),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
    )
    for trigger in TRIGGERS:
        op.execute(trigger)
