"""The laws of baselines: the same bytes after whatever is done to the plan, after migrations, and beside damage."""

import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk import changes as c
from dmdesk import schema, store
from dmdesk.baselines import Terms, opening, text_of
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from dmdesk.store import files
from tests.core import releasing as small
from tests.core import rows
from tests.core.baselines.test_releasing import released
from tests.core.baselines.test_verifying import by_hand, verdict


def wander(plan, chance, steps):
    """Random steps of any kind of row, some undone and redone, as a person makes them over years."""
    words = [*rows.NASTY, *rows.KEYS, "Data", "Release"]
    for _ in range(steps):
        turn = chance.random()
        if turn < 0.06:
            plan.undo()
        elif turn < 0.09:
            plan.redo()
        else:
            _one(plan, chance, turn, "".join(chance.choices(words, k=3)))


def _one(plan, chance, turn, words):
    kind = chance.choice([kind for kind in kinds() if kind.name not in ("plan", "revision")])
    there = list(plan.data.rows(kind.name).values())
    texts = [field for field in kind.fields if field.type.name in ("line", "prose", "code")]
    if not there or turn < 0.3:
        values = {field.name: words for field in chance.sample(texts, min(2, len(texts)))}
        plan.step("Add", [c.add(kind.make(values))])
    elif turn < 0.4:
        plan.step("Drop", c.drop_all(plan.data, [chance.choice(there)]))
    elif texts:
        plan.step("Set", [c.put(chance.choice(there), {chance.choice(texts).name: words})])


@pytest.mark.parametrize("seed", [1, 2])
def test_a_baseline_opens_with_the_same_bytes_after_a_thousand_random_steps(tmp_path, seed):
    chance = random.Random(seed)
    with small.made(tmp_path / "a.dmplan") as plan:
        wander(plan, chance, 60)
        first = text_of(plan.data)
        plan.seal(Terms("3.0", "2017-06-30", exported="2017-06-30T00:00:00Z"))
        row = dict(plan._store.sealed(1))
        wander(plan, chance, 500)
        plan.seal(Terms("3.1", "2017-07-30", exported="2017-07-30T00:00:00Z"))
        wander(plan, chance, 500)
        assert text_of(plan.data) != first
    with Plan.open(tmp_path / "a.dmplan") as plan:
        assert text_of(plan.at("3.0")) == first
        assert dict(plan._store.sealed(1)) == row
        assert plan.verify().flaws == ()


@given(rows.plans())
@settings(max_examples=40)
def test_any_plan_can_be_sealed_and_is_proven_and_opened_the_same(data):
    with (
        tempfile.TemporaryDirectory() as folder,
        Plan.open(rows.empty_file(Path(folder) / "a.dmplan")) as plan,
    ):
        plan.step("Begin", c.difference(plan.data, data))
        plan.seal(Terms("1.0", "2017-06-30"))
        assert rows.state(plan.at("1.0")) == rows.state(data)
        assert plan.verify().flaws == ()


LATER = '''
"""A migration of the future."""
import sqlalchemy as sa
from alembic import op
revision = "9998"
down_revision = "{before}"
def upgrade():
    op.add_column("product", sa.Column("colour", sa.Text()))
    op.execute("UPDATE product SET colour = ''")
    op.create_table("gadget", sa.Column("id", sa.Text(), primary_key=True))
'''


@pytest.fixture
def later(tmp_path, monkeypatch):
    """A dmdesk of the future, with one migration more; opening an older file upgrades it."""

    def begin():
        folder = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions" / "9998_later.py").write_text(LATER.format(before=store.SCHEMA))
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        monkeypatch.setattr(files, "REVISIONS", (*store.REVISIONS, "9998"))
        monkeypatch.setattr(store, "SCHEMA", "9998")

    return begin


def test_a_baseline_opens_with_the_same_bytes_after_a_migration(tmp_path, later):
    path = tmp_path / "a.dmplan"
    with small.made(path) as plan:
        released(plan, "3.0", out=tmp_path / "a.pdf")
        small.rename(plan, "After")
        words, row = text_of(plan.at("3.0")), dict(plan._store.sealed(1))
    later()
    with Plan.open(path) as plan:
        assert "was upgraded" in plan.notice
        assert text_of(plan.at("3.0")) == words
        assert dict(plan._store.sealed(1)) == row
        assert plan.verify().flaws == ()
        small.rename(plan, "After the upgrade")
        assert plan.verify().flaws == ()
        from dmdesk import releasing

        again, said = releasing.reprint(plan.at("3.0"), plan.baselines()[0])
        assert (again.pdf, said) == ((tmp_path / "a.pdf").read_bytes(), "")


def test_a_text_from_before_a_field_was_renamed_is_read_as_the_migration_says(tmp_path, monkeypatch):
    with small.made(tmp_path / "a.dmplan") as plan:
        one = released(plan, "3.0")

        def renamed(tables):
            for entry in tables["product"]:
                entry["name"] = entry.pop("name") + ", as it was called"

        monkeypatch.setattr(opening, "ADAPT", (("9998", renamed), ("0001", lambda tables: tables.clear())))
        assert plan.at("3.0").rows("product")["dm"].name == "Data Management, as it was called"
        assert one.sha256 == plan.baselines()[0].sha256


@cache
def _damaged_part():
    """A file with one large baseline, and the pages that only its baselines lie on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dmplan"
        with small.made(path) as plan:
            plan.seal(Terms("3.1", "2017-07-10", accepted="x" * 9000))
        with closing(sqlite3.connect(path)) as connection:
            (page,) = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE name = 'baseline'"
            ).fetchone()
        return path.read_bytes(), page


@given(st.integers(0, 4095), st.integers(1, 255))
@settings(max_examples=60)
def test_damage_to_the_page_of_the_baselines_never_hides_the_plan_or_goes_unseen(at, mask):
    content, page = _damaged_part()
    changed = bytearray(content)
    changed[(page - 1) * 4096 + at] ^= mask
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dmplan"
        path.write_bytes(changed)
        with Plan.open(path) as plan:
            assert plan.data.rows("product")["dm"].name == "Data Management"
            found = plan.verify()
            if not found.flaws:
                assert plan._store.sealed(1) == _row_of(content)
                assert [one.version for one in plan.baselines()] == ["3.1"]


@cache
def _row_of(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dmplan"
        path.write_bytes(content)
        file = store.Store(path, read_only=True)
        try:
            return file.sealed(1)
        finally:
            file.close()


def test_a_file_damaged_where_its_baselines_lie_opens_to_read_only_and_says_why(tmp_path):
    content, page = _damaged_part()
    path = tmp_path / "a.dmplan"
    changed = bytearray(content)
    changed[(page - 1) * 4096] = 0xFF
    path.write_bytes(changed)
    with Plan.open(path) as plan:
        assert plan.read_only.startswith("“a.dmplan” is damaged where its baselines lie")
        with pytest.raises(PlanError, match="can be read, not changed"):
            small.rename(plan, "x")
        assert [flaw.words for flaw in plan.verify().flaws] == [
            "The baselines cannot be read: the file is damaged where they lie."
        ]
    assert path.read_bytes() == changed


def test_other_damage_is_refused_as_ever(tmp_path):
    content, _ = _damaged_part()
    path = tmp_path / "a.dmplan"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as connection:
        (other,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'product'").fetchone()
    changed = bytearray(content)
    changed[(other - 1) * 4096] = 0xFF
    path.write_bytes(changed)
    with pytest.raises(PlanError, match="is damaged and was left as it is"):
        Plan.open(path)


def test_empty_values_put_into_a_sealed_row_by_hand_do_not_keep_the_plan_from_opening(tmp_path):
    path = tmp_path / "a.dmplan"
    with small.made(path) as plan:
        released(plan, "3.0")
    by_hand(path, ("PRAGMA writable_schema = 1",), (
        "UPDATE sqlite_master SET sql = replace(sql, 'owner TEXT NOT NULL', 'owner TEXT') WHERE name = 'baseline'",
    ))  # fmt: skip
    by_hand(path, ("UPDATE baseline SET owner = NULL",))
    assert [(flaw.version, flaw.field) for flaw in verdict(path).flaws] == [("3.0", "owner")]
