"""Offences, hearings, outcomes, programmes and transfers of a child. Legal facts are dates, Europe/London."""

from openyj.casework.models.co_defendant import CoDefendant
from openyj.casework.models.hearing import Hearing, HearingOffence
from openyj.casework.models.offence import Offence
from openyj.casework.models.outcome import FirstContact, Outcome
from openyj.casework.models.police_bail import PoliceBail, PoliceBailOffence
from openyj.casework.models.programme import Programme, ProgrammeOffence
from openyj.casework.models.transfer import Transfer

__all__ = [
    "CoDefendant",
    "FirstContact",
    "Hearing",
    "HearingOffence",
    "Offence",
    "Outcome",
    "PoliceBail",
    "PoliceBailOffence",
    "Programme",
    "ProgrammeOffence",
    "Transfer",
]
