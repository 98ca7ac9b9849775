"""Offences, hearings, outcomes, programmes and transfers of a child. Legal facts are dates, Europe/London."""

from openyj.casework.models.appeal import Appeal
from openyj.casework.models.co_defendant import CoDefendant
from openyj.casework.models.hearing import Hearing, HearingOffence
from openyj.casework.models.offence import Offence
from openyj.casework.models.order import Contract, Custody, OrderChange
from openyj.casework.models.order_transfer import OrderTransfer
from openyj.casework.models.outcome import FirstContact, Outcome
from openyj.casework.models.police_bail import PoliceBail, PoliceBailOffence
from openyj.casework.models.programme import Programme, ProgrammeOffence
from openyj.casework.models.requirement import Requirement, RequirementHours
from openyj.casework.models.transfer import Transfer
from openyj.casework.models.word import CaseWord

__all__ = [
    "Appeal",
    "CaseWord",
    "CoDefendant",
    "Contract",
    "Custody",
    "FirstContact",
    "Hearing",
    "HearingOffence",
    "Offence",
    "OrderChange",
    "OrderTransfer",
    "Outcome",
    "PoliceBail",
    "PoliceBailOffence",
    "Programme",
    "ProgrammeOffence",
    "Requirement",
    "RequirementHours",
    "Transfer",
]
