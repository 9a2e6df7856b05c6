"""Releasing: all or nothing, what stood in the way is recorded, and the print is that of the day for ever."""

import hashlib
from datetime import date

import pytest

from dmdesk import changes as c
from dmdesk import releasing, store
from dmdesk.errors import PlanError
from dmdesk.exchange import carried
from dmdesk.kinds import kinds
from dmdesk.plan import Plan
from dmdesk.report import Stopped
from tests.core import releasing as small
from tests.core import rows


@pytest.fixture
def ready(tmp_path):
    with small.made(tmp_path / "plan.dmplan") as plan:
        yield plan


def prepared(plan, *version, **more):
    return releasing.prepare(plan.data, plan.baselines(), small.wish(*version, **more))


def released(plan, *version, out=None, **more):
    ahead = prepared(plan, *version, **more)
    return releasing.finish(plan, ahead, releasing.print_of(ahead) if out else None, out)


def test_a_release_enters_the_change_record_seals_the_final_plan_and_begins_a_draft(ready, tmp_path):
    one = released(ready, rfc="rfc358", out=tmp_path / "plan.pdf")
    (entry,) = ready.data.rows("revision").values()
    assert (entry.version, entry.date, entry.description, entry.owner) == (
        "3.0", small.DAY, "What changed", "WOM",
    )  # fmt: skip
    final = ready.at("3.0").plan()
    assert (final.state, final.version, final.date) == ("baselined", "3.0", small.DAY)
    assert ready.data.plan().state == "draft"
    assert rows.state(ready.at("3.0"))["revision"] == rows.state(ready.data)["revision"]
    assert [step.title for step in ready.history()] == ["Release 3.0", "Begin"]
    assert ready.history()[0].rfc == "rfc358"
    assert (one.rfc, one.rfc_words) == ("rfc358", "RFC-358 Correct the managers")
    assert rows.listed(tmp_path) == ["plan.dmplan", "plan.pdf"]


def test_the_pdf_of_a_release_is_printed_without_draft_marks_and_can_be_printed_again(ready, tmp_path):
    out = tmp_path / "plan.pdf"
    one = released(ready, out=out, paper="a4")
    assert hashlib.sha256(out.read_bytes()).hexdigest() == one.pdf
    small.rename(ready, "Something else")
    again, said = releasing.reprint(ready.at("3.0"), one)
    assert (again.pdf, said) == (out.read_bytes(), "")
    assert carried.read(out).plan().state == "baselined"


def test_a_print_by_another_version_of_the_program_is_said_to_be_another(ready, monkeypatch):
    ahead = prepared(ready)
    one = releasing.finish(ready, ahead, releasing.print_of(ahead))
    from dmdesk.report import styles

    monkeypatch.setattr(styles, "TOP", styles.TOP + 1)
    again, said = releasing.reprint(ready.at("3.0"), one)
    assert again.sha256 != one.pdf
    assert one.pdf in said and "this version of dmdesk prints otherwise" in said


def test_a_release_is_undone_and_redone_as_one_until_its_pdf_was_exported(ready, tmp_path):
    before = rows.state(ready.data)
    one = released(ready)
    ready.undo()
    assert rows.state(ready.data) == before and ready.baselines() == []
    ready.redo()
    assert ready.baselines() == [one]
    ready.undo()
    released(ready, out=tmp_path / "plan.pdf")
    with pytest.raises(PlanError, match=r"Version 3\.0 cannot be undone: its PDF was exported"):
        ready.undo()


def test_a_plan_that_was_changed_while_it_was_printed_is_not_released(ready, tmp_path):
    ahead = prepared(ready)
    pdf = releasing.print_of(ahead)
    small.rename(ready, "Meanwhile")
    state, steps = rows.state(ready.data), ready.history()
    with pytest.raises(PlanError, match="The plan was changed while it was printed"):
        releasing.finish(ready, ahead, pdf, tmp_path / "plan.pdf")
    assert (rows.state(ready.data), ready.history(), ready.baselines()) == (state, steps, [])
    assert rows.listed(tmp_path) == ["plan.dmplan"]


def test_leaving_while_it_prints_leaves_nothing_half_done(ready, tmp_path):
    before = rows.on_disk(ready.path)
    with pytest.raises(Stopped):
        releasing.print_of(prepared(ready), cancelled=lambda: True)
    assert rows.on_disk(ready.path) == before and ready.baselines() == []
    assert rows.listed(tmp_path) == ["plan.dmplan"]


def test_a_pdf_that_cannot_be_put_in_place_is_said_and_the_version_stays_undoable(ready, tmp_path):
    with pytest.raises(
        PlanError, match=r"^Version 3\.0 is sealed, but its PDF is not there yet: .*print plan\.dmplan@3\.0"
    ):
        released(ready, out=tmp_path / "no such folder" / "plan.pdf")
    assert [one.exported for one in ready.baselines()] == [""]
    ready.undo()
    assert ready.baselines() == []


def test_a_seal_that_fails_leaves_no_pdf(ready, tmp_path, monkeypatch):
    monkeypatch.setattr(store.Store, "put_baseline", lambda *_: 1 / 0)
    before = rows.state(ready.data)
    with pytest.raises(ZeroDivisionError):
        released(ready, out=tmp_path / "plan.pdf")
    assert rows.state(ready.data) == before == rows.on_disk(ready.path)
    assert rows.listed(tmp_path) == ["plan.dmplan"]


def test_an_entry_typed_ahead_is_completed_instead_of_doubled(ready):
    typed = kinds()["revision"].make({"version": "3", "date": "2017-01-01", "description": "to be"}, "typed")
    ready.step("Type ahead", [c.add(typed)])
    released(ready)
    (entry,) = ready.data.rows("revision").values()
    assert (entry.id, entry.version, entry.date, entry.description) == (
        "typed", "3.0", small.DAY, "What changed",
    )  # fmt: skip


def with_an_error(plan):
    row = kinds()["product"].make(
        {"key": "DM", "name": "Twice [[nowhere]]", "description": "see [[nowhere]]"}
    )
    plan.step("Add", [c.add(row)])


def test_what_stands_in_the_way_must_be_accepted_and_is_recorded(ready):
    with_an_error(ready)
    with pytest.raises(
        PlanError, match=r"^\d things? stands? in the way \(.*\) of version 3\.0; mend that, or"
    ):
        prepared(ready)
    with pytest.raises(PlanError):
        prepared(ready, accept="  ")
    one = released(ready, accept="The board wants it today")
    reason, *found = one.accepted.splitlines()
    assert reason == "The board wants it today"
    assert any("product" in line for line in found) and len(found) >= 1
    with Plan.open(ready.path, read_only=True) as again:
        assert again.baselines()[0].accepted == one.accepted


def test_a_reason_without_anything_in_the_way_records_nothing(ready):
    assert released(ready, accept="just in case").accepted == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"date": "June"}, r"^The date of the release: .*June"),
        ({"date": ""}, "needs a date"),
        ({"description": " "}, "needs a description"),
        ({"version": "three"}, "is no version"),
        ({"version": "1.9"}, "comes before 2.0"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_one_sentence(ready, more, words):
    with pytest.raises(PlanError, match=words):
        prepared(ready, **more)
    assert len(ready.history()) == 1


def test_a_plan_without_its_document_is_not_released(plan):
    with pytest.raises(PlanError, match="does not say what document it is"):
        prepared(plan)


def test_a_change_request_that_is_deleted_is_still_known_by_its_words(ready):
    released(ready, rfc="rfc358")
    ready.step("Delete", c.drop_all(ready.data, [ready.data.get("rfc", "rfc358")]))
    (one,) = ready.baselines()
    assert one.rfc_words == "RFC-358 Correct the managers"
    assert ready.at("3.0").get("rfc", "rfc358").key == "RFC-358"


def test_the_description_is_proposed_from_requests_and_steps_since_the_last_baseline(ready):
    released(ready)
    small.rename(ready, "A", rfc="rfc358")
    small.rename(ready, "B")
    small.rename(ready, "C", rfc="rfc358")
    small.rename(ready, "D")
    ready.undo()
    wish = releasing.proposed(ready.data, ready.baselines(), ready.history(), date(2017, 7, 10))
    assert wish.description == "RFC-358: Correct the managers; Rename to B"
    assert (wish.version, wish.date, wish.owner, wish.rfc) == ("3.1", "2017-07-10", "WOM", "rfc358")


def test_keeping_the_records_of_change_control_is_not_described(ready):
    released(ready)
    ready.step("Propose it", [c.put(ready.data.get("rfc", "rfc358"), {"state": "proposed"})])
    small.rename(ready, "A")
    wish = releasing.proposed(
        ready.data, ready.baselines(), ready.history(), date(2017, 7, 10), ready.changes_of
    )
    assert wish.description == "Rename to A"


def test_a_long_description_is_cut_and_says_how_much_more_there_is(ready):
    for number in range(60):
        small.rename(ready, f"Name {number}")
    words = releasing.proposed(ready.data, [], ready.history(), date(2017, 7, 10)).description
    assert len(words) < 450 and words.endswith("more")


@pytest.mark.parametrize(
    ("clock", "day", "today", "said"),
    [
        ("2030-01-01T00:00:00Z", "2030-01-01", "2030-01-01", []),
        ("1999-01-01T00:00:00Z", "2030-01-01", "2030-01-01", ["clock says 1999-01-01"]),
        ("2030-01-01T00:00:00Z", "2016-01-01", "2016-01-02", ["before 3.0 (2017-06-30)"]),
        ("2030-01-01T00:00:00Z", "2107-01-01", "2030-01-01", ["far from today's 2030-01-01"]),
    ],
)
def test_a_clock_that_runs_wrong_by_years_is_said_and_nothing_is_lost(
    ready, monkeypatch, clock, day, today, said
):
    from dmdesk import sealedplan

    monkeypatch.setattr(sealedplan, "datetime", _Fixed)
    one = released(ready)
    found = releasing.warnings(ready.data, [one], day, "", clock, date.fromisoformat(today))
    assert len(found) == len(said) and all(words in told for words, told in zip(said, found, strict=True))


class _Fixed:
    @staticmethod
    def now(_):
        from datetime import UTC, datetime

        return datetime(2017, 6, 30, tzinfo=UTC)


def test_a_request_that_is_not_adopted_is_a_warning(ready):
    row = ready.data.get("rfc", "rfc358")
    ready.step("Propose", [c.put(row, {"state": "proposed"})])
    found = prepared(ready, rfc="rfc358").warnings
    assert any("RFC-358, which is to approve it, is proposed, not adopted." in one for one in found)
