"""The ready-made filters of change control parse, and find what their names say."""

import pytest

from dmdesk import filters
from dmdesk.control import fields
from dmdesk.filters.saved import saved
from dmdesk.kinds import kinds
from tests.core.control.requested import at, plan
from tests.core.control.test_fields import ROWS


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Undecided", {"RFC", "LATE", "FLAGGED"}),
        ("May be adopted", {"RFC"}),
        ("For the board", {"FLAGGED"}),
        ("With open objections", {"LATE"}),
        ("To be implemented", {"DONE"}),
    ],
)
def test_ready_filters_of_requests(monkeypatch, name, found):
    monkeypatch.setattr(fields, "now", lambda: at("2017-07-07 18:00"))
    data, kind = plan(*ROWS), kinds()["rfc"]
    assert filters.parse(dict(saved(kind, data))[name], kind).matches(data) == found
