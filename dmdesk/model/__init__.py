"""What a plan is made of, one module per family; importing this package declares every kind.

The order here is the order in which a plan presents itself: in text folders, in counts and in the history.
"""

# ruff: noqa: I001  (the order of the kinds is the order of these lines)

from dmdesk.model.front import Figure, PlanDocument, Revision, Section
from dmdesk.model.structure import Product, WbsElement
from dmdesk.model.repositories import Repository
from dmdesk.model.people import Appointment, Institution, Person, Role, Team
from dmdesk.model.groups import Group, Meeting, Membership
from dmdesk.model.requirements import Requirement, Trace
from dmdesk.model.interfaces import Interface
from dmdesk.model.documents import Acronym, Document, Reference
from dmdesk.model.milestones import Milestone
from dmdesk.model.acceptances import Acceptance

__all__ = [
    "Acceptance", "Acronym", "Appointment", "Document", "Figure", "Group", "Institution", "Interface", "Meeting",
    "Membership", "Milestone", "Person", "PlanDocument", "Product", "Reference", "Repository", "Requirement",
    "Revision", "Role", "Section", "Team", "Trace", "WbsElement",
]  # fmt: skip
