"""Forms about offences, hearings, outcomes, programmes and transfers."""

from openyj.casework.forms.choosing import OffencesField, OffencesForm, to_choose
from openyj.casework.forms.co_defendant import AddCoDefendantForm, CoDefendantForm, FindRecordForm
from openyj.casework.forms.hearing import HearingForm
from openyj.casework.forms.offence import OffenceForm, codes_like
from openyj.casework.forms.outcome import AddOutcomeForm, FirstContactForm, OutcomeForm
from openyj.casework.forms.police_bail import PoliceBailForm
from openyj.casework.forms.programme import ProgrammeForm
from openyj.casework.forms.transfer import TransferForm

__all__ = [
    "AddCoDefendantForm",
    "AddOutcomeForm",
    "CoDefendantForm",
    "FindRecordForm",
    "FirstContactForm",
    "HearingForm",
    "OffenceForm",
    "OffencesField",
    "OffencesForm",
    "OutcomeForm",
    "PoliceBailForm",
    "ProgrammeForm",
    "TransferForm",
    "codes_like",
    "to_choose",
]
