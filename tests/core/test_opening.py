"""Opening: what is no plan is refused in a sentence and left alone, an older one upgraded, a locked one read."""

import hashlib
import os
import sqlite3
import stat
from contextlib import closing

import pytest

from dmdesk import changes as c
from dmdesk import schema, store
from dmdesk.errors import PlanError
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from tests.core import rows
from tests.core.rows import listed

PRODUCT = kinds()["product"]
PAGE = 4096


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def filled(path):
    with Plan.create(path) as plan:
        plan.step(
            "Fill", [c.add(PRODUCT.make({"key": f"P{at}", "note": "words " * 50})) for at in range(300)]
        )
    return path


def random_bytes(path):
    path.write_bytes(bytes(range(256)) * 64)


def empty(path):
    path.touch()


def other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE product (id TEXT)")


def only_a_header(path):
    path.write_bytes(rows.empty_file(path).read_bytes()[:100])


def truncated(path):
    whole = filled(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // PAGE * PAGE])


def cut_in_a_page(path):
    path.write_bytes(filled(path).read_bytes()[: -PAGE // 2])


def a_page_overwritten(path):
    whole = bytearray(filled(path).read_bytes())
    middle = len(whole) // 2 // PAGE * PAGE
    whole[middle : middle + PAGE] = b"\xff" * PAGE
    path.write_bytes(whole)


def no_schema(path):
    with closing(sqlite3.connect(rows.empty_file(path))) as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.commit()


def newer(path):
    with closing(sqlite3.connect(rows.empty_file(path))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (random_bytes, "is not a dmdesk plan; it was left as it is."),
        (empty, "is not a dmdesk plan; it was left as it is."),
        (other_database, "is not a dmdesk plan; it was left as it is."),
        (only_a_header, "is damaged and was left as it is; restore one of its backups."),
        (truncated, "is damaged and was left as it is; restore one of its backups."),
        (cut_in_a_page, "is damaged and was left as it is; restore one of its backups."),
        (a_page_overwritten, "is damaged and was left as it is; restore one of its backups."),
        (no_schema, "is damaged and was left as it is; restore one of its backups."),
        (newer, "was made by a newer dmdesk (schema 9999); update the program to open it."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_file_that_cannot_be_opened_is_refused_in_a_sentence_and_not_touched(tmp_path, make, words):
    path = tmp_path / "a.dmplan"
    make(path)
    before, beside = digest(path), sorted(tmp_path.iterdir())
    for read_only in (False, True):
        with pytest.raises(PlanError) as caught:
            Plan.open(path, read_only=read_only)
        assert str(caught.value) == f"“a.dmplan” {words}"
    assert digest(path) == before
    assert sorted(tmp_path.iterdir()) == beside


def test_a_name_that_leads_nowhere_is_refused(tmp_path):
    with pytest.raises(PlanError, match=r"^There is no file “.*gone\.dmplan”; check the name\.$"):
        Plan.open(tmp_path / "gone.dmplan")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(PlanError, match="is a folder; choose a plan file"):
        Plan.open(tmp_path)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, unwritable):
    path = rows.empty_file(tmp_path / "a.dmplan")
    with unwritable(tmp_path):
        path.chmod(0)
        with pytest.raises(
            PlanError, match=r"cannot be read \(Permission denied\); check who may open it\.$"
        ):
            Plan.open(path)


def test_text_that_is_not_utf8_is_damage_and_not_a_traceback(tmp_path):
    path = filled(tmp_path / "a.dmplan")
    path.write_bytes(path.read_bytes().replace(b"words words", b"words \xff\xferds"))
    with pytest.raises(PlanError, match=r"is damaged"), Plan.open(path) as plan:
        plan.data.rows("product")


@pytest.mark.parametrize(
    "name", ["what? 100% #1 & co.dmplan", "план 計画 خطة.dmplan", "a'b\"c;--.dmplan", "🔭.dmplan"]
)
def test_a_plan_may_have_any_name(tmp_path, name):
    folder = tmp_path / name.replace(".dmplan", " folder?#%")
    folder.mkdir()
    path = folder / name
    with Plan.create(path) as plan:
        plan.step("Add", [c.add(PRODUCT.make({"key": "A"}, "a"))])
    with Plan.open(path) as plan:
        assert plan.read_only == ""
        plan.save_copy(folder / f"copy of {name}")
    assert listed(folder) == sorted([name, f"copy of {name}"])
    with Plan.open(folder / f"copy of {name}", read_only=True) as copy:
        assert set(copy.data.rows("product")) == {"a"}


@pytest.mark.skipif(os.name == "nt", reason="Windows names are always Unicode")
def test_a_plan_whose_name_is_not_utf8_can_be_changed(tmp_path):
    path = tmp_path / os.fsdecode(b"old-\xe9.dmplan")
    rows.empty_file(path)
    with Plan.open(path) as plan:
        assert plan.step("Add", [c.add(PRODUCT.make({"key": "A"}))])


def test_a_plan_with_a_very_long_name_can_be_changed(tmp_path):
    path = rows.empty_file(tmp_path / f"{'計' * 80}.dmplan")
    with Plan.open(path) as plan:
        assert plan.step("Add", [c.add(PRODUCT.make({"key": "A"}))])


def test_a_plan_opened_for_reading_says_so_and_lets_others_write(tmp_path):
    path = rows.empty_file(tmp_path / "a.dmplan")
    with Plan.open(path, read_only=True) as reader, Plan.open(path) as writer:
        assert (reader.read_only, writer.read_only) == ("This plan was opened for reading only.", "")
        with pytest.raises(PlanError, match=r"^This plan was opened for reading only\.$"):
            reader.step("Add", [c.add(PRODUCT.make({}))])


def test_a_plan_in_a_folder_that_cannot_be_written_is_read_and_says_why(tmp_path, unwritable):
    path = rows.full_file(tmp_path / "a.dmplan")
    before = digest(path)
    with unwritable(tmp_path), Plan.open(path) as plan:
        assert plan.read_only == (
            "“a.dmplan” lies where you cannot write; it can be read, not changed. Save a copy elsewhere to edit it."
        )
        with pytest.raises(PlanError, match="lies where you cannot write"):
            plan.step("Drop", c.drop_all(plan.data, plan.data.in_order("team")))
        assert len(plan.data.rows("team")) == 2
    assert digest(path) == before


def test_a_reader_who_may_not_write_does_not_keep_others_from_writing(tmp_path, unwritable):
    path = rows.empty_file(tmp_path / "a.dmplan")
    with unwritable(tmp_path):
        reader = Plan.open(path)
    with reader, Plan.open(path) as writer:
        assert reader.read_only
        assert writer.read_only == ""


def older(path):
    schema.migrate(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO team (id, key, name) VALUES ('t', 'T', 'The team')")
        connection.execute(
            "INSERT INTO step VALUES (1, '2017-06-29T12:00:00Z', 'me', 'Old', '', 'done', '0001', 1)"
        )
        fields = '{"key":["","T"],"name":["","The team"]}'
        connection.execute("INSERT INTO change VALUES (1, 0, 'add', 'team', 't', ?)", (fields,))
        connection.commit()
    return path


def test_an_older_plan_is_upgraded_and_kept_beside_it(tmp_path):
    path = older(tmp_path / "a.dmplan")
    with Plan.open(path) as plan:
        assert plan.read_only == ""
        assert plan.notice == (
            "“a.dmplan” was upgraded for this version of dmdesk; the old file is kept as “a (schema 0001).dmplan”."
        )
        assert plan.data.get("team", "t").name == "The team"
    assert store.inspect(path) == store.SCHEMA
    assert store.inspect(tmp_path / "a (schema 0001).dmplan") == "0001"
    assert listed(tmp_path) == ["a (schema 0001).dmplan", "a.dmplan"]
    with Plan.open(path) as plan:
        assert plan.notice == ""


def test_an_older_plan_never_takes_the_place_of_one_kept_before(tmp_path):
    kept = tmp_path / "a (schema 0001).dmplan"
    kept.write_text("something of mine")
    with Plan.open(older(tmp_path / "a.dmplan")) as plan:
        assert "“a (schema 0001) 2.dmplan”" in plan.notice
    assert kept.read_text() == "something of mine"
    assert store.inspect(tmp_path / "a (schema 0001) 2.dmplan") == "0001"


def test_nobody_else_can_write_a_plan_that_was_upgraded_when_it_was_opened(tmp_path):
    path = older(tmp_path / "a.dmplan")
    with Plan.open(path) as first, Plan.open(path) as second:
        assert first.read_only == ""
        assert "is open for writing elsewhere" in second.read_only


@pytest.mark.skipif(os.name == "nt", reason="Windows files have no such modes")
def test_an_upgraded_plan_keeps_its_mode_and_the_link_it_was_opened_by(tmp_path):
    path = older(tmp_path / "a.dmplan")
    path.chmod(0o664)
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere/link.dmplan"
    link.symlink_to(path)
    Plan.open(link).close()
    assert link.is_symlink()
    assert store.inspect(path) == store.SCHEMA
    assert stat.S_IMODE(path.stat().st_mode) == 0o664


def test_an_older_plan_that_cannot_be_written_is_read_from_a_passing_copy(tmp_path, unwritable, monkeypatch):
    path = older(tmp_path / "folder.dmplan")
    passing = tmp_path.parent / "passing"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    before = digest(path)
    with unwritable(tmp_path), Plan.open(path) as plan:
        assert "lies where you cannot write" in plan.read_only
        assert plan.data.get("team", "t").name == "The team"
        assert [step.title for step in plan.history()] == ["Old"]
        assert len(list(passing.iterdir())) == 1
    assert digest(path) == before
    assert listed(tmp_path) == ["folder.dmplan"]
    assert list(passing.iterdir()) == []


def test_a_failed_upgrade_leaves_the_old_file_as_it_was(tmp_path, monkeypatch):
    path = older(tmp_path / "a.dmplan")
    before = digest(path)

    def fail(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(schema, "migrate", fail)
    with pytest.raises(PlanError, match=r"could not be upgraded \(.*disk is full\); it was left as it is\.$"):
        Plan.open(path)
    assert digest(path) == before
    assert listed(tmp_path) == ["a.dmplan"]
    monkeypatch.undo()
    with Plan.open(path) as plan:
        assert plan.read_only == ""


def test_steps_older_than_an_upgrade_are_seen_but_not_undone(tmp_path):
    with Plan.open(older(tmp_path / "a.dmplan")) as plan:
        assert [step.title for step in plan.history()] == ["Old"]
        assert plan.changes_of(plan.history()[0])[0].fields["name"] == ("", "The team")
        with pytest.raises(
            PlanError,
            match=r"^“Old” was made before this file was upgraded; it can be seen but not undone\.$",
        ):
            plan.undo()
        assert plan.data.get("team", "t")
        plan.step("New", [c.put(plan.data.get("team", "t"), {"name": "Other"})])
        plan.undo()
        assert plan.data.get("team", "t").name == "The team"
    assert rows.on_disk(tmp_path / "a.dmplan")["team"]["t"].name == "The team"
