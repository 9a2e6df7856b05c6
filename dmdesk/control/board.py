"""The board: its seats and who fills them on a day, how many must be there, and who was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dmdesk.model import Appointment, Docket, Group, Membership
from dmdesk.reading import PlanData
from dmdesk.types import unresolved
from dmdesk.values import frozen

_STANDING_IN = ("deputy",)


@frozen
class Seat:
    """A member of the board: the words people know the seat by, who fills it, and who may stand in.

    A seat that nobody of this plan fills is vacant, unless ``outside`` names who is not in the plan.
    """

    name: str
    people: tuple[str, ...]
    deputies: tuple[str, ...] = ()
    chairs: bool = False
    outside: str = ""

    @property
    def vacant(self) -> bool:
        """Whether nobody fills it."""
        return not self.people and not self.outside


@frozen
class Attendance:
    """Who was at a meeting. ``there`` and ``missing`` are filled seats; ``needed`` of them make a quorum."""

    there: tuple[Seat, ...]
    missing: tuple[Seat, ...]
    vacant: tuple[Seat, ...]
    guests: tuple[str, ...]
    needed: int

    @property
    def reached(self) -> bool:
        """Whether enough members were there; a board without members decides nothing."""
        return len(self.there) >= self.needed > 0

    @property
    def words(self) -> str:
        """For people: how many of how many, and whether that is enough."""
        all_of = len(self.there) + len(self.missing)
        if not self.needed:
            return "the board has no members in this plan"
        enough = "a quorum" if self.reached else "no quorum"
        return f"{len(self.there)} of {all_of} members, {self.needed} needed: {enough}"


def holders(data: PlanData, role: str, day: str, scope: str = "") -> list[str]:
    """The people (ids) who hold a role, or act in it, on a day ("" for now), narrowed to a scope where one fits.

    ``scope`` is what a membership says beside a role that several hold, such as “The T/CAM of SQuaRE”.
    """
    return _people(_held(data, role, day, scope), deputies=False)


def seats(data: PlanData, group: Group, day: str) -> list[Seat]:
    """The seats of a board on a day: chairs first, then members in their order; who fills several fills one."""
    found = [_seat(data, row, day) for row in _memberships(data, group)]
    roles = {row.role for row in _memberships(data, group)}
    found += [
        _of_role(data, role, day, "", chairs=True)
        for role in dict.fromkeys((group.chair, group.cochair))
        if role and role not in roles and data.get("role", role) is not None
    ]
    return _merged(sorted(found, key=lambda seat: not seat.chairs))


def quorum(data: PlanData, group: Group, day: str) -> int:
    """How many members must be there: as the board says, or more than half of the seats that are filled."""
    return _quorum(group, sum(not seat.vacant for seat in seats(data, group, day)))


def _quorum(group: Group, filled: int) -> int:
    return group.quorum if group.quorum and group.quorum > 0 else filled // 2 + 1 if filled else 0


def attendance(data: PlanData, docket: Docket) -> Attendance:
    """Who was at a meeting, against the membership and the quorum of the board on its day."""
    group = data.get("group", docket.group)
    day, present = docket.at[:10], set(docket.present)
    own = [
        _filled(seat, docket.others) for seat in (seats(data, group, day) if isinstance(group, Group) else ())
    ]
    there = [seat for seat in own if present & {*seat.people, *seat.deputies} or _among(seat, docket.others)]
    away = [seat for seat in own if seat not in there]
    missing, vacant = [one for one in away if not one.vacant], [one for one in away if one.vacant]
    needed = _quorum(group, len(there) + len(missing)) if isinstance(group, Group) else 0
    members = {one for seat in own for one in (*seat.people, *seat.deputies)}
    guests = [data.link("person", one) for one in docket.present if one not in members]
    words = [one for one in docket.others if not any(_among(seat, (one,)) for seat in own)]
    return Attendance(tuple(there), tuple(missing), tuple(vacant), (*guests, *words), needed)


def _memberships(data: PlanData, group: Group) -> Iterator[Membership]:
    for row in data.in_order("membership"):
        if isinstance(row, Membership) and row.group == group.id:
            yield row


def _seat(data: PlanData, row: Membership, day: str) -> Seat:
    chairs = row.position in ("chair", "co-chair")
    if data.get("role", row.role) is not None:
        return _of_role(data, row.role, day, row.note, chairs=chairs)
    if data.get("person", row.person) is not None:
        return Seat(data.link("person", row.person), (row.person,), (), chairs)
    words = row.note or unresolved(row.role) or unresolved(row.person)
    return Seat(words or data.title(row), (), (), chairs, outside=words)


def _of_role(data: PlanData, role: str, day: str, note: str, *, chairs: bool) -> Seat:
    held = _held(data, role, day, note)
    people, deputies = _people(held, deputies=False), _people(held, deputies=True)
    return Seat(note or data.link("role", role), tuple(people), tuple(deputies), chairs)


def _held(data: PlanData, role: str, day: str, note: str) -> list[Appointment]:
    rows = data.index("by role", "appointment", lambda row: (getattr(row, "role"),)).ids(role)  # noqa: B009
    found = [row for id in rows if isinstance(row := data.get("appointment", id), Appointment)]
    found = [row for row in found if _runs(row, day)]
    within = [row for row in found if row.scope and row.scope.casefold() in note.casefold()]
    return within if _people(within, deputies=False) else found


def _runs(row: Appointment, day: str) -> bool:
    if not day:
        return not row.end
    return (not row.start or row.start <= day) and (not row.end or row.end >= day)


def _people(rows: Iterable[Appointment], *, deputies: bool) -> list[str]:
    found = (row.person for row in rows if (row.capacity in _STANDING_IN) == deputies)
    return list(dict.fromkeys(one for one in found if one and not unresolved(one)))


def _merged(found: Iterable[Seat]) -> list[Seat]:
    """Seats that the same people fill, as one: nobody counts twice for a quorum."""
    kept: dict[object, Seat] = {}
    for at, seat in enumerate(found):
        key = frozenset(seat.people) if seat.people else at
        first = kept.get(key)
        if first is None:
            kept[key] = seat
        else:
            names = f"{first.name}; {seat.name}"
            deputies = tuple(dict.fromkeys((*first.deputies, *seat.deputies)))
            kept[key] = Seat(names, first.people, deputies, first.chairs or seat.chairs, first.outside)
    return list(kept.values())


def _filled(seat: Seat, others: Iterable[str]) -> Seat:
    """A vacant seat that somebody from outside the plan sat on, as in “Tim Jenness, for the Systems Engineer”."""
    words = next((one for one in others if seat.vacant and seat.name.casefold() in one.casefold()), "")
    return Seat(seat.name, (), seat.deputies, seat.chairs, words) if words else seat


def _among(seat: Seat, others: Iterable[str]) -> bool:
    """Whether a seat of somebody outside the plan is named among those who were there."""
    return bool(seat.outside) and any(seat.outside.casefold() in one.casefold() for one in others)
