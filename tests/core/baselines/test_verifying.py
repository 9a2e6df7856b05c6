"""Verifying: any flipped byte is found and named, and so is whatever was written into the file by other means."""

import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmdesk import baselines, store
from dmdesk import changes as c
from dmdesk.baselines.proving import broken, packed, unpacked
from dmdesk.compacting import Boundary
from dmdesk.errors import PlanError
from dmdesk.plan import Plan
from tests.core import releasing as small
from tests.core.baselines.test_releasing import released


@pytest.fixture
def worked(tmp_path):
    """A file with two baselines and work before, between and after them; nothing has it open."""
    path = tmp_path / "plan.dmplan"
    with small.made(path) as plan:
        small.rename(plan, "Before")
        released(plan, "3.0", rfc="rfc358", out=tmp_path / "plan.pdf")
        small.rename(plan, "Between")
        plan.step(
            "Add", [c.add(c.kinds()["product"].make({"key": "AP", "name": "Alerts", "parent": "dm"}, "ap"))]
        )
        released(plan, "3.1", date="2017-07-10")
        small.rename(plan, "After")
        small.rename(plan, "Undone")
        plan.undo()
    return path


def by_hand(path, *statements, guarded=False):
    """What somebody does with another program; first the guards are taken down and afterwards put back."""
    with closing(sqlite3.connect(path)) as connection:
        if not guarded:
            for name in store.TRIGGERS:
                connection.execute(f"DROP TRIGGER {name}")
        for statement, *values in statements:
            connection.execute(statement, values)
        if not guarded:
            for sql in store.TRIGGERS.values():
                connection.execute(sql)
        connection.commit()
    return path


def verdict(path, version=""):
    with Plan.open(path, read_only=True) as plan:
        return plan.verify(version)


def words(path):
    return [flaw.words for flaw in verdict(path).flaws]


def test_a_file_that_nobody_tampered_with_is_proven(worked):
    found = verdict(worked)
    assert (found.flaws, found.recoverable) == ((), ())
    assert [one.version for one in found.baselines] == ["3.0", "3.1"]
    assert found.notes == ()
    assert verdict(worked, "3.0").flaws == ()


def test_a_plan_without_baselines_says_that_there_is_nothing_to_prove(plan):
    assert plan.verify().notes == (
        "Nothing was sealed in this plan yet, so there is nothing to hold it against.",
    )
    with pytest.raises(PlanError, match="There is no baseline"):
        plan.verify("1.0")


@cache
def sealed_row():
    """The bytes of a sealed row, as they lie in a file."""
    with tempfile.TemporaryDirectory() as folder, small.made(Path(folder) / "a.dmplan") as plan:
        one = released(plan, "3.0", rfc="rfc358", out=Path(folder) / "a.pdf")
        small.rename(plan, "After")
        released(plan, "3.1")
        return plan._store.sealed(one.number), plan._store.sealed(2)


@given(st.data())
@settings(max_examples=300)
def test_any_single_flipped_bit_of_any_column_is_found_and_named(data):
    row = data.draw(st.sampled_from(sealed_row()))
    filled = [name for name, (_, held) in row.items() if held]
    name = data.draw(st.sampled_from(filled), "column")
    sort, held = row[name]
    at = data.draw(st.integers(0, len(held) - 1), "byte")
    flipped = bytearray(held)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7), "bit")
    found = broken({**row, name: (sort, bytes(flipped))})
    if name in ("paper", "exported", "pdf", "mark"):
        assert found in (["pdf"], ["mark"])
    else:
        assert found == [name]


@given(st.integers(0, 7))
@settings(max_examples=8, deadline=None)
def test_every_byte_of_the_packed_text_counts(bit):
    row = sealed_row()[0]
    held = row["text"][1]
    for at in range(len(held)):
        flipped = bytearray(held)
        flipped[at] ^= 1 << bit
        assert broken({**row, "text": ("blob", bytes(flipped))}) == ["text"]


def test_a_value_of_another_type_that_reads_the_same_is_found():
    row = sealed_row()[0]
    assert broken({**row, "step": ("text", row["step"][1])}) == ["step"]
    assert broken({**row, "owner": ("blob", row["owner"][1])}) == ["owner"]


@given(st.data())
@settings(max_examples=60)
def test_a_flipped_byte_within_the_file_is_found_or_the_file_is_refused(data):
    """Wherever a byte of the sealed row lies in the file, flipping it is found by verify, or by opening."""
    content, places = _file_and_places()
    at = data.draw(st.sampled_from(places), "offset")
    flipped = bytearray(content)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7), "bit")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dmplan"
        path.write_bytes(flipped)
        try:
            assert verdict(path).flaws
        except PlanError as error:
            assert "damaged" in str(error)


@cache
def _file_and_places():
    """A file with one baseline, and where the bytes of its columns lie in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dmplan"
        with small.made(path) as plan:
            one = released(plan, "3.0", rfc="rfc358", out=Path(folder) / "a.pdf")
            small.rename(plan, "After")
            row = plan._store.sealed(one.number)
        content = path.read_bytes()
    places = []
    for sort, held in row.values():
        if sort != "integer" and len(held) > 12 and content.count(held) == 1:
            start = content.index(held)
            places += range(start, start + len(held))
    assert len(places) > 500
    return content, places


COLUMNS = [name for name in store.BASELINE if name not in ("text", "number", "step")]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_sealed_value_that_was_overwritten_is_named_and_the_rest_of_the_plan_opens(worked, column):
    by_hand(worked, (f"UPDATE baseline SET {column} = 'tampered' WHERE number = 1",))
    found = verdict(worked)
    assert [flaw.field for flaw in found.flaws if flaw.about == "seal"] in ([column], ["pdf"])
    assert {flaw.version for flaw in found.flaws if flaw.about == "seal"} <= {"3.0", "tampered"}
    with Plan.open(worked) as plan:
        assert plan.data.rows("product")["dm"].name == "After"
        assert plan.at("3.1").rows("product")["dm"].name == "Between"
        if column != "version":
            with pytest.raises(
                PlanError, match=r"The baseline 3\.0 in “plan\.dmplan” is not what was sealed"
            ) as said:
                plan.at("3.0")
            assert str(said.value).count(".dmplan") == 1


def test_bytes_that_are_no_text_are_named_and_do_not_hide_the_other_baselines(worked):
    by_hand(worked, ("UPDATE baseline SET owner = CAST(x'ff80' AS TEXT) WHERE number = 1",))
    found = verdict(worked)
    assert [(flaw.version, flaw.field) for flaw in found.flaws] == [("3.0", "owner")]
    with Plan.open(worked, read_only=True) as plan:
        assert [one.version for one in plan.baselines()] == ["3.0", "3.1"]


def rewritten(path, number, old, new):
    """Another text put in the place of a sealed one."""
    with closing(sqlite3.connect(path)) as connection:
        (held,) = connection.execute("SELECT text FROM baseline WHERE number = ?", (number,)).fetchone()
    text = unpacked(held)
    assert old in text
    by_hand(path, ("UPDATE baseline SET text = ? WHERE number = ?", packed(text.replace(old, new)), number))


def test_another_text_in_the_place_of_the_sealed_one_is_named_row_by_row_and_can_be_made_again(worked):
    rewritten(worked, 1, b'name = "Before"', b'name = "Forged"')
    found = verdict(worked)
    assert [flaw.words for flaw in found.flaws] == [
        "Baseline 3.0: its text is not what was sealed.",
        "Baseline 3.0: Name of Product DM “Before” is “Forged”, but was sealed as “Before”.",
    ]
    assert found.recoverable == ("3.0",)
    assert found.flaws[1].told == "Before" and found.flaws[1].found == "Forged"


def test_a_text_that_cannot_be_unpacked_is_said_to_be_recoverable_from_the_history(worked):
    by_hand(worked, ("UPDATE baseline SET text = x'00'",))
    found = verdict(worked)
    assert [flaw.words for flaw in found.flaws if flaw.about == "rows"] == [
        "Baseline 3.0: its text cannot be read any more.",
        "Baseline 3.1: its text cannot be read any more.",
    ]
    assert found.recoverable == ("3.0", "3.1")


def test_a_baseline_that_was_taken_out_or_exchanged_is_missed(worked):
    by_hand(worked, ("DELETE FROM baseline WHERE number = 1",))
    assert words(worked) == [
        "Baseline 3.1 was not sealed as the first: one between is missing, or another took its place."
    ]


def test_guards_that_were_taken_down_are_missed(worked):
    by_hand(worked, ("DROP TRIGGER baseline_sealed",), guarded=True)
    assert words(worked) == [
        "The guard “baseline_sealed” that keeps other programs from changing baselines is gone or was changed."
    ]


TAMPERED = {
    "UPDATE product SET name = 'Forged' WHERE id = 'dm'":
        ["Name of Product DM “After” is “Forged”, should be “After”."],
    "UPDATE product SET name = 'x', description = 'y' WHERE id = 'ap'": [
        "Name of Product AP “Alerts” is “x”, should be “Alerts”.",
        "Description of Product AP “Alerts” is “y”, should be nothing.",
    ],
    "DELETE FROM product WHERE id = 'ap'": ["Product AP “Alerts” is gone, but no step removed it."],
    "UPDATE product SET managers = NULL WHERE id = 'dm'":
        ["Manager of Product DM “After” is nothing, should be “William”."],
    "UPDATE plan SET version = '9.9'": ["Version of Plan LDM-294 “The plan” is “9.9”, should be “3.1”."],
    "UPDATE plan SET review_days = 'soon'":
        ["Review every (days) of Plan LDM-294 “The plan” is “soon”, should be nothing."],
}  # fmt: skip


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_changed_by_hand_since_the_last_baseline_is_named_row_by_row(worked, statement):
    by_hand(worked, (statement,), guarded=True)
    assert words(worked) == TAMPERED[statement]
    assert {flaw.version for flaw in verdict(worked).flaws} == {""}


def test_a_row_that_was_put_in_by_hand_is_named(worked):
    with Plan.open(worked) as plan, closing(sqlite3.connect(":memory:")) as _:
        row = c.kinds()["team"].make({"key": "T", "name": "Forged"}, "t")
        with plan._store.transaction():
            plan._store.write(c.add(row))
    assert words(worked) == ["Team T “Forged” is there, but no step added it."]


def test_values_that_cannot_even_be_read_are_said(worked):
    by_hand(worked, ("UPDATE product SET managers = CAST(x'ff80' AS TEXT) WHERE id = 'dm'",), guarded=True)
    assert words(worked)[0] == "The products cannot be read: a value was written that does not fit its field."


def test_a_history_that_was_rewritten_is_named_by_its_step(worked):
    forged = '{"name":["Before","Forged"]}'
    by_hand(worked, ("UPDATE change SET fields = ? WHERE step = 4", forged), guarded=True)
    found = words(worked)
    assert "Baseline 3.1: Name of Product DM “Forged” is “Between”, should be “Forged”." in found


def test_lost_steps_and_lost_changes_are_named(worked):
    by_hand(worked, ("DELETE FROM change WHERE step = 4",), ("DELETE FROM change WHERE step = 5",),
            ("DELETE FROM step WHERE id = 5",))  # fmt: skip
    found = words(worked)
    assert "The history has lost step 5, after 3.0 was sealed." in found
    assert any("“Rename to Between” (step 4) had 1 changes; 0 are there." in one for one in found)


def test_a_history_that_is_no_json_any_more_is_said(worked):
    by_hand(worked, ("UPDATE change SET fields = '{' WHERE step = 7",), guarded=True)
    assert "The steps since 3.1 cannot be read: something was written into the history." in words(worked)


def compacted(path, upto):
    from dmdesk import compacting

    with Plan.open(path) as plan:
        plan.compact(compacting.boundary(plan._store, upto))


def test_after_the_history_was_compacted_up_to_a_baseline_it_is_proven_from_there(worked):
    compacted(worked, "3.1")
    found = verdict(worked)
    assert found.flaws == ()
    assert found.notes == ("The steps between 3.0 and 3.1 were removed by compacting the history.",)
    by_hand(worked, ("UPDATE product SET name = 'Forged' WHERE id = 'dm'",), guarded=True)
    assert words(worked) == ["Name of Product DM “After” is “Forged”, should be “After”."]


def test_a_history_compacted_past_the_last_baseline_proves_the_baselines_alone(worked):
    with Plan.open(worked) as plan:
        plan.compact(Boundary(plan.undoable.id, ""))
    found = verdict(worked)
    assert found.flaws == ()
    assert (
        found.notes[-1]
        == "The first steps since 3.1 were removed by compacting, so nothing proves what they did."
    )


def test_steps_that_were_taken_away_by_hand_are_not_taken_for_compacted(worked):
    by_hand(
        worked,
        ("DELETE FROM change WHERE step <= ?", 6),
        ("DELETE FROM step WHERE id <= ?", 6),
        guarded=True,
    )
    assert verdict(worked).flaws


def test_clocks_that_cannot_all_be_right_are_noted_and_no_flaw(tmp_path, monkeypatch):
    from datetime import UTC, datetime

    from dmdesk import sealedplan

    class Clock:
        year = 2107

        @classmethod
        def now(cls, _):
            return datetime(cls.year, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(sealedplan, "datetime", Clock)
    with small.made(tmp_path / "a.dmplan") as plan:
        released(plan, "3.0")
        Clock.year = 1999
        released(plan, "3.1", date="1999-01-01")
        found = plan.verify()
    assert found.flaws == ()
    assert found.notes == (
        "3.0 says it was sealed on 2107-01-01, which is still to come: a clock was or is wrong.",
        "3.1 says it was sealed on 1999-01-01, before 3.0 (2107-01-01): a clock was wrong.",
        "3.1 is dated 1999-01-01, before 3.0 (2017-06-30).",
    )


def test_a_baseline_that_is_hidden_by_a_changed_step_number_is_found(worked):
    by_hand(worked, ("UPDATE baseline SET step = 8 WHERE number = 2",))
    found = verdict(worked)
    assert [one.version for one in found.baselines] == ["3.0"]
    assert ("3.1", "step") in [(flaw.version, flaw.field) for flaw in found.flaws]


def test_sealed_values_are_what_verify_recomputes(worked):
    with Plan.open(worked, read_only=True) as plan:
        assert all(
            one.sha256 == baselines.sha256(baselines.text_of(plan.at(one.version)))
            for one in plan.baselines()
        )


def test_a_history_compacted_up_to_the_first_baseline_leaves_nothing_to_say(worked):
    compacted(worked, "3.0")
    assert (verdict(worked).flaws, verdict(worked).notes) == ((), ())


def test_steps_that_were_compacted_away_after_the_last_baseline_are_said_to_be_unproven(worked):
    with Plan.open(worked) as plan:
        small.rename(plan, "Later")
        last = plan.history()[0].id
    compacted(worked, f"step {last}")
    found = verdict(worked)
    assert found.flaws == ()
    assert found.notes[-1] == (
        "The first steps since 3.1 were removed by compacting, so nothing proves what they did."
    )
