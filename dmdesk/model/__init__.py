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
from dmdesk.model.scales import ImpactLevel, LikelihoodBand, RiskScale, ScoreZone
from dmdesk.model.risks import Draw, Response, Risk, RiskAction, RiskCategory, RiskMove, RiskScore
from dmdesk.model.reviews import Reviewed, RiskReview
from dmdesk.model.control import (
    BoardAction, ChangeRequest, Comment, Docket, DocketItem, Objection, RequestMove,
)  # fmt: skip
from dmdesk.model.acceptances import Acceptance

__all__ = [
    "Acceptance", "Acronym", "Appointment", "BoardAction", "ChangeRequest", "Comment", "Docket", "DocketItem",
    "Document", "Draw", "Figure", "Group", "ImpactLevel", "Institution", "Interface", "LikelihoodBand", "Meeting",
    "Membership", "Milestone", "Objection", "Person", "PlanDocument", "Product", "Reference", "Repository",
    "RequestMove", "Requirement", "Response", "Reviewed", "Revision", "Risk", "RiskAction", "RiskCategory",
    "RiskMove", "RiskReview", "RiskScale", "RiskScore", "Role", "ScoreZone", "Section", "Team", "Trace", "WbsElement",
]  # fmt: skip
