"""Asking anew without asking what cannot have changed: the fields that a check reads are seen as it reads them.

Nothing that a check says of itself is believed here, so what it forgot to name among what it depends on is found.
"""

from contextlib import ExitStack, contextmanager

from dmdesk import checks
from dmdesk.checks import running
from dmdesk.kinds import kinds


class _Seen:
    """Stands in for a field of a kind's rows and notes that it is read, by whatever way."""

    def __init__(self, slot, name, read):
        self.slot, self.name, self.read = slot, name, read

    def __get__(self, row, cls):
        self.read.add(self.name)
        return self.slot.__get__(row, cls)

    def __set__(self, row, value):
        self.slot.__set__(row, value)


@contextmanager
def fields_read():
    """Gives a set to which ``kind.field`` is added for each field that is read of any row meanwhile."""
    read = set()
    with ExitStack() as after:
        for kind in kinds():
            for field in kind.fields:
                slot = vars(kind.cls)[field.name]
                setattr(kind.cls, field.name, _Seen(slot, f"{kind.name}.{field.name}", read))
                after.callback(setattr, kind.cls, field.name, slot)
        yield read


class Anew:
    """What all checks say of a plan in which one field of one row is another, each check asked of a copy.

    A check that did not read that field of any row of the plan as it was says what it said of that; rows cannot be
    remembered from one plan to the next, since they have no hash.
    """

    def __init__(self, data):
        self.said = []
        with fields_read() as read:
            for one in running._all_runs():
                read.clear()
                found = list(one.ask(data.copy()))
                self.said.append((frozenset(read), found))

    def found(self, data, field):
        """The findings, as ``checks.run`` gives them, after an edit of ``field``, said as ``kind.field``."""
        fresh = data.copy()
        raw = [
            (at, finding)
            for at, (one, (read, before)) in enumerate(zip(running._all_runs(), self.said, strict=True))
            for finding in (one.ask(fresh) if field in read else before)
        ]
        return running._in_order(fresh, raw, whole=True)


def told(findings):
    """All that findings say, their fixes included."""
    return [(f.code, f.level, f.kind, f.id, f.field, f.words, f.fixes) for f in findings]


def told_anew(data):
    """The same of asking all checks of a copy that was never asked before."""
    return told(checks.run(data.copy()))
