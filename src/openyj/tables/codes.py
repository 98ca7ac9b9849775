"""The code lists as data: every value a coded column may hold, with its label, its source and, where the
reporting groups several codes together, its group.

Sources, as in the project's notes on the national return: ``SQL`` a value read from the Youth Justice
Board's own published reporting SQL; ``MoJ`` a value in a published Ministry of Justice code list; ``GK``
general knowledge, to be confirmed by the service that uses it; ``project`` a word of this project's own.
A code marked GK or project is configuration: nothing may rest on its being official.
"""

from __future__ import annotations

from collections.abc import Iterable

from openyj.tables.circumstance_codes import CIRCUMSTANCES
from openyj.tables.code_list import GK, MOJ, PROJECT, SQL, CodeList, Value
from openyj.tables.court_codes import COURT
from openyj.tables.offence_codes import OFFENCE_LISTS
from openyj.tables.order_codes import ORDERS

WHITE, MIXED, ASIAN, BLACK = "White", "Mixed", "Asian or Asian British", "Black or Black British"
OTHER_ETHNIC, NOT_OBTAINABLE, NOT_KNOWN = "Other Ethnic Group", "Information not obtainable", "Not known"
ETHNICITY_GROUPS = (ASIAN, BLACK, MIXED, OTHER_ETHNIC, WHITE, NOT_OBTAINABLE)

# The 16+1 set puts Chinese (O1) with Other, the later 18+1 set (A4) with Asian. A code keeps its set's group.
ETHNICITY = CodeList(
    "ethnicity",
    (
        Value("W1", "White: British", MOJ, WHITE),
        Value("W2", "White: Irish", MOJ, WHITE),
        Value("W3", "White: Gypsy or Irish Traveller", GK, WHITE),
        Value("W4", "White: Roma", GK, WHITE),
        Value("W9", "White: any other White background", MOJ, WHITE),
        Value("M1", "Mixed: White and Black Caribbean", MOJ, MIXED),
        Value("M2", "Mixed: White and Black African", MOJ, MIXED),
        Value("M3", "Mixed: White and Asian", MOJ, MIXED),
        Value("M9", "Mixed: any other Mixed background", MOJ, MIXED),
        Value("A1", "Asian: Indian", MOJ, ASIAN),
        Value("A2", "Asian: Pakistani", MOJ, ASIAN),
        Value("A3", "Asian: Bangladeshi", MOJ, ASIAN),
        Value("A4", "Asian: Chinese", GK, ASIAN),
        Value("A9", "Asian: any other Asian background", MOJ, ASIAN),
        Value("B1", "Black: Caribbean", MOJ, BLACK),
        Value("B2", "Black: African", MOJ, BLACK),
        Value("B9", "Black: any other Black background", MOJ, BLACK),
        Value("O1", "Chinese (16+1 set)", MOJ, OTHER_ETHNIC),
        Value("O2", "Arab", GK, OTHER_ETHNIC),
        Value("O9", "Any other ethnic group", MOJ, OTHER_ETHNIC),
        Value("NS", "Not stated", GK, NOT_OBTAINABLE),
    ),
    null_means=NOT_KNOWN,
)

SEX = CodeList(
    "sex",
    (Value("1", "Male", SQL), Value("2", "Female", SQL)),
    null_means="Unknown",
)

DIVERSION, PRE_COURT, FIRST_TIER, COMMUNITY, CUSTODY = (
    "Diversion",
    "Pre-Court",
    "First-tier",
    "Community",
    "Custody",
)
# Least serious first: the order of the groups is all of the ranking that is published.
OUTCOME_GROUPS = (DIVERSION, PRE_COURT, FIRST_TIER, COMMUNITY, CUSTODY)

OUTCOME_GROUP = CodeList(
    "outcome_group",
    tuple(Value(group, group, SQL) for group in OUTCOME_GROUPS),
    null_means="a mapping without a group is refused",
    any_case=True,
)

CHANGED_ON_APPEAL, APPEAL_SUCCESSFUL = "Changed on appeal", "Result of appeal successful"
OVERTURNED, STANDS = "overturned", "stands"
APPEAL_STATUS = CodeList(
    "outcome_appeal_status",
    (
        Value(CHANGED_ON_APPEAL, "Changed on appeal", SQL, OVERTURNED),
        Value(APPEAL_SUCCESSFUL, "Result of appeal successful", SQL, OVERTURNED),
        Value("Result of appeal unchanged", "Result of appeal unchanged", SQL, STANDS),
        Value("Appeal recording ambiguous", "Appeal recording ambiguous", SQL, STANDS),
    ),
    null_means="no appeal",
)

LOCAL, OTHER = "LOCAL", "OTHER"
RESIDENCE = CodeList(
    "residence_on_legal_outcome_date",
    (
        Value(LOCAL, "Lived in this service's area on the day", SQL),
        Value(OTHER, "Lived elsewhere: another service's child", SQL),
    ),
    null_means="not OTHER, and a data-quality fault",
)

MAIN_OR_OTHER = CodeList(
    "main_or_other",
    (Value("MAIN", "The main outcome of those given together", GK), Value("OTHER", "Another", GK)),
    null_means="not recorded",
)

COURT_TYPE = CodeList(
    "court_type",
    (
        Value("YOUTH_COURT", "Youth court", GK),
        Value("MAGISTRATES_COURT", "Magistrates' court", GK),
        Value("CROWN_COURT", "Crown Court", GK),
        Value("OTHER_COURT", "Another court", GK),
    ),
    null_means="not recorded",
)

COUNTRY = CodeList(
    "country",
    (Value("England", "England", PROJECT), Value("Wales", "Wales", PROJECT)),
    null_means="not recorded",
)

DISPOSAL_KIND = CodeList(
    "disposal_kind",
    (
        Value("prevention", "Prevention or diversion without an outcome", PROJECT),
        Value("out_of_court", "Out of court", PROJECT),
        Value("first_tier", "First-tier order", PROJECT),
        Value("community", "Community order", PROJECT),
        Value("custody", "Custody: its end is a release", PROJECT),
        Value("licence", "Licence or supervision after custody", PROJECT),
    ),
    null_means="a disposal type without a kind is refused",
)

BREACH = "breach"
OFFENCE_CATEGORY = CodeList(
    "yjb_offence_category",
    (
        Value("VIOLENCE_AGAINST_THE_PERSON", "Violence against the person", SQL),
        Value("ROBBERY", "Robbery", SQL),
        Value("SEXUAL_OFFENCES", "Sexual offences", SQL),
        Value("DRUGS", "Drugs", SQL),
        Value("ARSON", "Arson", GK),
        Value("BREACH_OF_BAIL", "Breach of bail", GK, BREACH),
        Value("BREACH_OF_CONDITIONAL_DISCHARGE", "Breach of conditional discharge", GK, BREACH),
        Value("BREACH_OF_STATUTORY_ORDER", "Breach of statutory order", GK, BREACH),
        Value("CRIMINAL_DAMAGE", "Criminal damage", GK),
        Value("DEATH_OR_INJURY_BY_DANGEROUS_DRIVING", "Death or injury by dangerous driving", GK),
        Value("DOMESTIC_BURGLARY", "Domestic burglary", GK),
        Value("NON_DOMESTIC_BURGLARY", "Non-domestic burglary", GK),
        Value("FRAUD_AND_FORGERY", "Fraud and forgery", GK),
        Value("MOTORING_OFFENCES", "Motoring offences", GK),
        Value("PUBLIC_ORDER", "Public order", GK),
        Value("RACIALLY_AGGRAVATED", "Racially aggravated", GK),
        Value("THEFT_AND_HANDLING_STOLEN_GOODS", "Theft and handling stolen goods", GK),
        Value("VEHICLE_THEFT_UNAUTHORISED_TAKING", "Vehicle theft or unauthorised taking", GK),
        Value("OTHER", "Other", GK),
        Value("NOT_KNOWN", "Not known", SQL),
    ),
    null_means="not recorded: not a breach",
)
BREACH_CATEGORIES = OFFENCE_CATEGORY.in_group(BREACH)

STATUTORY = "statutory"
BOARD_SECTOR = CodeList(
    "board_sector",
    (
        # The five sectors are the return's; how their codes are spelt is the project's.
        Value("SOCIAL_CARE", "Local authority children's social care", PROJECT, STATUTORY),
        Value("EDUCATION", "Local authority education", PROJECT, STATUTORY),
        Value("POLICE", "Police", PROJECT, STATUTORY),
        Value("PROBATION", "Probation", PROJECT, STATUTORY),
        Value("HEALTH", "Health", PROJECT, STATUTORY),
        Value("OTHER", "Other", PROJECT),
    ),
    null_means="a seat without a sector is in no row",
)
STATUTORY_SECTORS = BOARD_SECTOR.in_group(STATUTORY)


def by_name(lists: Iterable[CodeList]) -> dict[str, CodeList]:
    return {each.name: each for each in lists}


LISTS = by_name(
    (
        SEX,
        ETHNICITY,
        OUTCOME_GROUP,
        APPEAL_STATUS,
        RESIDENCE,
        MAIN_OR_OTHER,
        COURT_TYPE,
        *COURT,
        *CIRCUMSTANCES,
        *OFFENCE_LISTS,
        COUNTRY,
        DISPOSAL_KIND,
        OFFENCE_CATEGORY,
        BOARD_SECTOR,
        *ORDERS,
    )
)
