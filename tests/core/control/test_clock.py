"""The clock of lazy consensus runs by elapsed time, says what is left, and never adopts anything."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmdesk.control import clock as clocks
from dmdesk.control.states import move
from tests.core.control.requested import after, at, now_in, plan, request, row

moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def words(now, *rows, settings=None, **values):
    data = plan(request(**values), *rows, **(settings or {}))
    return clocks.in_words(data, now_in(data), at(now))


def test_an_ordinary_request_waits_72_hours_and_a_major_one_a_week():
    data = plan(request())
    assert clocks.consensus_clock(data, now_in(data)).ends == at("2017-07-06 18:00")
    data = plan(request(weight="major"))
    assert clocks.consensus_clock(data, now_in(data)).ends == at("2017-07-10 18:00")


def test_the_plan_sets_other_hours_and_what_makes_no_sense_counts_as_nothing():
    for given_hours, lasts in ((24, 24), (0, 0), (-5, 72), (None, 72)):
        data = plan(request(), ordinary_hours=given_hours)
        assert clocks.hours(data, now_in(data)) == lasts
    data = plan(request(weight="major"), major_hours=48, board_hours=12)
    assert (clocks.hours(data, now_in(data)), clocks.board_hours(data)) == (48, 12)
    assert clocks.board_hours(plan(request())) == 168


def test_a_weekend_counts_like_any_other_time():
    data = plan(request(proposed="2017-07-07T22:00Z"))  # a Friday evening
    assert clocks.consensus_clock(data, now_in(data)).ends == at("2017-07-10 22:00")


@pytest.mark.parametrize(
    ("zone", "proposed", "ends"),
    [
        ("America/New_York", "2017-03-10 12:00", "2017-03-13 13:00"),  # clocks went forward on 12 March
        ("America/New_York", "2017-11-03 12:00", "2017-11-06 11:00"),  # and back on 5 November
        ("Europe/Berlin", "2017-03-24 12:00", "2017-03-27 13:00"),
        ("Europe/Berlin", "2017-10-27 12:00", "2017-10-30 11:00"),
        ("America/Phoenix", "2017-03-10 12:00", "2017-03-13 12:00"),  # where they stay
    ],
)
def test_daylight_saving_neither_shortens_nor_lengthens_the_clock(zone, proposed, ends):
    local = ZoneInfo(zone)
    begun = datetime.fromisoformat(proposed).replace(tzinfo=local)
    data = plan(request(proposed=begun.isoformat()))
    ended = clocks.consensus_clock(data, now_in(data)).ends
    assert ended.astimezone(local).replace(tzinfo=None) == datetime.fromisoformat(ends)
    assert ended - begun.astimezone(UTC) == timedelta(hours=72)


@given(moments, st.integers(0, 20_000), st.integers(0, 500))
def test_beginning_an_hour_later_ends_an_hour_later_whatever_the_season(begins, more, lasts):
    begins = begins.replace(second=0, microsecond=0)
    then, shifted = (
        clocks.consensus_clock(data, now_in(data)).ends
        for data in (
            plan(request(proposed=begun.isoformat()), ordinary_hours=lasts)
            for begun in (begins, begins + timedelta(hours=more))
        )
    )
    assert shifted - then == timedelta(hours=more)
    assert then - begins == timedelta(hours=lasts)


@given(moments, moments)
def test_what_is_left_and_what_is_over_never_contradict_each_other(begins, now):
    data = plan(request(proposed=begins.isoformat()))
    clock = clocks.consensus_clock(data, now_in(data))
    assert clock.over(now) == (clock.left(now) == timedelta()) == (not clock.runs(now))
    assert ("may be adopted" in clocks.in_words(data, now_in(data), now)) == clock.over(now)


def test_a_planned_end_after_the_clock_counts_and_one_before_it_does_not():
    late = plan(request(planned_end="2017-07-08T18:00Z"))
    assert clocks.clock_of(late, now_in(late)).closes == at("2017-07-08 18:00")
    early = plan(request(planned_end="2017-07-04T18:00Z"))
    assert clocks.clock_of(early, now_in(early)).closes == at("2017-07-06 18:00")


def test_it_counts_down_in_words():
    assert words("2017-07-03 18:00") == "72 h left"
    assert words("2017-07-05 18:50") == "23 h 10 min left"
    assert words("2017-07-06 17:59") == "1 min left"
    assert words("2017-07-06 18:00") == "may be adopted since 2017-07-06 18:00 UTC"
    assert words("2017-07-03 19:30", weight="major") == "6 days 22 h left"


def test_the_last_seconds_are_not_called_over():
    data = plan(request())
    assert clocks.in_words(data, now_in(data), at("2017-07-06 17:59:59")) == "1 min left"


def test_a_clock_years_away_or_never_begun_says_so_and_breaks_nothing():
    assert words("2017-07-03 18:00", proposed="2037-07-03T18:00Z") == (
        "starts in about 20 years, on 2037-07-03 18:00 UTC"
    )
    assert words("2037-07-03 18:00") == "may be adopted since 2017-07-06 18:00 UTC"
    assert words("2017-07-03 18:00", proposed="") == "no clock: it does not say when it was proposed"
    assert words("2017-07-03 18:00", proposed="9999-12-31T23:00Z").startswith("starts in about")
    assert words("2017-07-03 18:00", proposed="0001-01-01T00:00Z").startswith(
        "may be adopted since 0001-01-04"
    )
    endless = {"ordinary_hours": 10**15}
    assert words("2017-07-03 18:00", settings=endless) == "about 100 years left"


def test_while_flagged_the_boards_week_runs_from_when_it_was_flagged():
    flagged = row("rfcmove", "M", rfc="RFC", at="2017-07-05T10:00Z", before="proposed", state="flagged")
    assert words("2017-07-05 12:00", flagged, state="flagged") == "the board has 6 days 22 h left"
    alone = "the project manager may decide alone since 2017-07-12 10:00 UTC"
    assert words("2017-07-12 10:00", flagged, state="flagged") == alone


def test_what_was_returned_or_proposed_anew_starts_the_clock_again():
    data = plan(request(planned_end="2017-07-06T18:00Z"))
    data = after(data, move(data, now_in(data), "proposed", at("2017-07-05 18:00"), "ann", "Another name"))
    assert clocks.in_words(data, now_in(data), at("2017-07-06 18:00")) == "48 h left"
    assert now_in(data).planned_end == "2017-07-08T18:00Z"


def test_decided_requests_say_when_that_was():
    moved = row("rfcmove", "M", rfc="RFC", at="2017-07-07T09:00Z", before="proposed", state="adopted")
    assert words("2017-08-01 00:00", moved, state="adopted") == "adopted on 2017-07-07 09:00 UTC"
    assert words("2017-08-01 00:00", state="withdrawn") == "withdrawn"


def test_a_moment_without_a_zone_is_refused_because_it_is_no_moment():
    data = plan(request())
    with pytest.raises(ValueError, match="time zone"):
        move(data, now_in(data), "flagged", datetime(2017, 7, 5))
