"""What is worked out about change requests can be asked for in filters like what was typed."""

import pytest

from dmdesk import filters
from dmdesk.computed import asked_of, value_of
from dmdesk.control import fields
from dmdesk.kinds import kinds
from tests.core.control.requested import at, now_in, plan, request, row

ROWS = (
    request(),
    row("rfc", "LATE", key="RFC-2", name="Second", proposed="2017-07-05T18:00Z", state="proposed", assignee="ann",
        tickets=("DM-2",)),
    row("rfc", "FLAGGED", key="RFC-3", name="Third", proposed="2017-07-01T18:00Z", state="flagged", sort="LCR"),
    row("rfcmove", "M", rfc="FLAGGED", at="2017-07-02T10:30Z", before="proposed", state="flagged"),
    row("rfc", "DONE", key="RFC-4", name="Fourth", proposed="2017-07-01T18:00Z", state="adopted"),
    row("objection", "O", rfc="LATE", name="Too costly", state="open"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(fields, "now", lambda: at("2017-07-07 18:00"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("left<25", {"RFC", "LATE"}),
        ("left>24", {"FLAGGED"}),
        ("may_adopt:yes", {"RFC"}),
        ("must_flag:yes", {"FLAGGED"}),
        ("open_objections>0", {"LATE"}),
        ("clock:board", {"FLAGGED"}),
        ("since<2017-07-02", {"DONE"}),
        ("proposed>2017-07-02", {"RFC", "LATE"}),
        ("proposed:2017-07-05", {"LATE"}),
    ],
)
def test_filters_ask_for_clocks_conditions_and_instants_by_day(asked, found):
    wanted = filters.parse(asked, kinds()["rfc"])
    assert wanted.matches(plan(*ROWS)) == found


def test_every_computed_field_gives_a_value_of_its_type():
    data = plan(*ROWS)
    for one in data.rows("rfc").values():
        for field in asked_of(kinds()["rfc"]).fields:
            value = value_of(data, one, "rfc", field.name)
            assert field.type.clean(value) == value
    assert value_of(data, data.rows("rfc")["DONE"], "rfc", "left") is None
    assert value_of(data, now_in(data), "rfc", "clock") == "may be adopted since 2017-07-06 18:00 UTC"
