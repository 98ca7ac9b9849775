"""Which tables there are, in order of dependency: a table refers only to tables before it."""

from openyj.tables.boards import BoardAttendance
from openyj.tables.casework import (
    Hearing,
    InterventionProgramme,
    LinkHearingOffence,
    LinkOffenceInterventionProgramme,
    LinkPoliceBailOffence,
    Offence,
    OffenceLegalOutcome,
    PoliceBail,
)
from openyj.tables.circumstances import (
    CareStatus,
    EteStatus,
    MentalHealth,
    ParentingIntervention,
    PartnerReferral,
    Sendaln,
    SubstanceMisuse,
)
from openyj.tables.court import BailOffer, PostChargeAccommodation, RemandEpisode, SentenceProposal
from openyj.tables.declare import Table
from openyj.tables.orders import (
    Appeal,
    CustodyAndLicence,
    OrderChange,
    OrderTransfer,
    OutcomeRequirement,
    ReferralOrderContract,
    RequirementHours,
)
from openyj.tables.people import Child, Residence, Transfer
from openyj.tables.reference import DisposalType, LegalOutcome, Population, Service

ALL: tuple[type[Table], ...] = (
    Service,
    LegalOutcome,
    DisposalType,
    Population,
    BoardAttendance,
    Child,
    Residence,
    EteStatus,
    CareStatus,
    Sendaln,
    MentalHealth,
    SubstanceMisuse,
    PartnerReferral,
    Transfer,
    InterventionProgramme,
    ParentingIntervention,
    Offence,
    PoliceBail,
    LinkPoliceBailOffence,
    Hearing,
    LinkHearingOffence,
    SentenceProposal,
    BailOffer,
    RemandEpisode,
    PostChargeAccommodation,
    OffenceLegalOutcome,
    LinkOffenceInterventionProgramme,
    OutcomeRequirement,
    RequirementHours,
    Appeal,
    ReferralOrderContract,
    OrderChange,
    CustodyAndLicence,
    OrderTransfer,
)
BY_NAME: dict[str, type[Table]] = {each.name: each for each in ALL}
