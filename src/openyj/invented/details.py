"""What a record holds of a child that the flat tables do not: names, addresses, who works with them. All invented.

Each part is an Arrow table with the key of the case-level table it adds to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from openyj.invented import names
from openyj.invented.draws import stream_of
from openyj.invented.offence_parameters import CONDITIONS_RECORDED
from openyj.invented.parameters import Given
from openyj.invented.places import MAIN, PLACES
from openyj.invented.service import SEED, UNTIL
from openyj.invented.staff import STAFF, staff_table
from openyj.tables import CaseTables, linked
from openyj.tables.offence_codes import UNDER_INVESTIGATION

KNOWN_AS = Given(0.7, "invented; of children whose given name has a short form")
FACT_KNOWN = Given({"phone": 0.8, "school": 0.82, "carer": 0.9, "how": 0.35}, "invented")
RESTRICTED = Given(0.012, "invented; records only those who need to know may open")
STILL_WORKED_WITH = Given(270, "invented; days after the last offence without a decision, or an open programme")

HOW = (
    "Ring before you come; surprises are hard for me.",
    "Use short sentences and check I have understood. Please do not ask me to read aloud.",
    "I like to walk and talk rather than sit in an office.",
    "Text my carer as well as me. I lose my phone a lot.",
    "Tell me what will happen next and how long it will take.",
    "I find loud rooms difficult. A quiet corner helps.",
    "Please do not visit in work clothes with a badge showing; my neighbours notice.",
)
CARERS = ("mother", "father", "grandmother", "aunt", "foster carer", "older brother", "keyworker")
WHAT_HAPPENED = {
    "VIOLENCE_AGAINST_THE_PERSON": ("Assault after an argument", "Assault outside school", "Assault on a sibling"),
    "CRIMINAL_DAMAGE": ("Window broken", "Paint on a bus shelter", "Car mirror broken"),
    "DRUGS": ("Possession of cannabis", "Possession with intent to supply"),
    "THEFT_AND_HANDLING_STOLEN_GOODS": ("Theft from a shop", "Theft of a phone", "Theft of a bicycle"),
    "PUBLIC_ORDER": ("Shouting and threats in the high street", "Fight in the park"),
    "MOTORING_OFFENCES": ("Riding a moped without a licence", "Driving without insurance"),
    "ROBBERY": ("Phone taken with threats", "Bag taken with force"),
    "VEHICLE_THEFT_UNAUTHORISED_TAKING": ("Carried in a taken car", "Moped taken without consent"),
    "SEXUAL_OFFENCES": ("Sexual offence",),
    "DOMESTIC_BURGLARY": ("Burglary of a house",),
    "NON_DOMESTIC_BURGLARY": ("Burglary of a shed", "Burglary of a shop"),
    "RACIALLY_AGGRAVATED": ("Racially aggravated words",),
    "ARSON": ("Fire set in a bin store",),
    "FRAUD_AND_FORGERY": ("Use of a false identity card",),
    "OTHER": ("Carrying a knife in a public place",),
    "BREACH_OF_STATUTORY_ORDER": ("Appointments missed without a good reason",),
}

BAIL_CONDITIONS = (
    "To live and sleep at home",
    "To live and sleep at home, and to be indoors from 8pm to 7am",
    "Not to go into the high street",
    "Not to contact the person harmed, nor let anybody do it for them",
    "Not to contact the others who were arrested; to live and sleep at home",
    "To go to the police station each Saturday at 10am",
)
POLICE = ("Invented Constabulary, Quillmoor", "Invented Constabulary, Saltgate")


@dataclass(frozen=True)
class Details:
    """``children`` by child_id, ``addresses`` by residence_id, ``offences`` by offence_id, ``police_bails`` by
    police_bail_id, ``staff`` by staff_id."""

    children: pa.Table
    addresses: pa.Table
    offences: pa.Table
    police_bails: pa.Table
    staff: pa.Table


def details(tables: CaseTables, seed: int = SEED, until: date = UNTIL) -> Details:
    """Invented details for the invented tables; the same for the same tables and seed.

    Two records of one child have one name and one carer, also where only the originating id says so.
    Children the main service works with now have a worker of that service; others have none."""
    rng = np.random.default_rng([seed, 1])
    children = children_table(rng, tables, until)
    bails = police_bails(stream_of(rng, "police bail"), tables)
    return Details(children, addresses(rng, tables), descriptions(rng, tables), bails, staff_table())


def children_table(rng: np.random.Generator, tables: CaseTables, until: date) -> pa.Table:
    child = tables["child"]
    n = len(child)
    human = column(linked(tables)["child"], "person")
    _, first, person = np.unique(human, return_index=True, return_inverse=True)
    sex = column(child, "sex")[first]
    m = len(sex)
    given = names.given_names(rng, sex)
    short = np.array([names.SHORT.get(name) for name in given], dtype=object)
    family, carer_family = names.family_names(rng, m), names.family_names(rng, m)
    carer_family = np.where(rng.random(m) < 0.6, family, carer_family)
    carer = names.picked(rng, names.ADULTS, m) + " " + carer_family
    relation = names.picked(rng, CARERS, m)
    known = FACT_KNOWN.value
    workers, teams = workers_of(rng, tables, until)
    return pa.table({
        "child_id": child["child_id"],
        "given_name": pa.array(given[person]),
        "family_name": pa.array(family[person]),
        "known_as": maybe(rng, short, KNOWN_AS.value)[person],
        "phone": maybe(rng, names.phones(rng, m), known["phone"])[person],
        "school": maybe(rng, names.picked(rng, names.SCHOOLS, m), known["school"])[person],
        "carer": maybe(rng, carer + " (" + relation + ")", known["carer"])[person],
        "carer_phone": names.phones(rng, m)[person],
        "how_to_work_with_me": maybe(rng, names.picked(rng, HOW, n), known["how"]),
        "restricted_reason": maybe(
            rng, np.full(n, "A relative works for the council", dtype=object), RESTRICTED.value),
        "worker_id": workers,
        "team": teams,
    }, schema=pa.schema(
        [pa.field("child_id", pa.int64(), nullable=False), pa.field("given_name", pa.string(), nullable=False),
         pa.field("family_name", pa.string(), nullable=False)]
        + [pa.field(name, pa.string()) for name in (
            "known_as", "phone", "school", "carer", "carer_phone", "how_to_work_with_me", "restricted_reason")]
        + [pa.field("worker_id", pa.int64()), pa.field("team", pa.string())]
    ))  # fmt: skip


def column(table: pa.Table, name: str) -> np.ndarray:
    return table[name].to_numpy(zero_copy_only=False)


def maybe(rng: np.random.Generator, values: np.ndarray, chance: float) -> np.ndarray:
    kept = values.astype(object)
    kept[rng.random(len(values)) >= chance] = None
    return kept


def workers_of(rng: np.random.Generator, tables: CaseTables, until: date) -> tuple[np.ndarray, np.ndarray]:
    """A practitioner and team for each main-service child with an open programme or a recent undecided offence."""
    child = tables["child"]
    programme, offence = tables["intervention_programme"], tables["offence"]
    ended = column(programme, "end_date")
    busy = set(column(programme, "child_id")[np.isnat(ended)].tolist())
    decided = set(column(tables["offence_legal_outcome"], "offence_id").tolist())
    since = np.datetime64(until - timedelta(days=STILL_WORKED_WITH.value))
    recent = column(offence, "offence_date") >= since
    waiting = ~np.isin(column(offence, "offence_id"), list(decided))
    busy |= set(column(offence, "child_id")[recent & waiting].tolist())
    ours = (column(child, "service") == MAIN.service) & np.isin(column(child, "child_id"), list(busy))
    ours &= ~column(child, "deleted").astype(bool)
    practitioners = [one for one in STAFF if one.role == "practitioner" and one.service == MAIN.service]
    chosen = rng.integers(0, len(practitioners), len(child))
    ids = np.array([one.staff_id for one in practitioners], dtype=object)[chosen]
    teams = np.array([one.team for one in practitioners], dtype=object)[chosen]
    ids[~ours] = None
    teams[~ours] = None
    return ids, teams


def addresses(rng: np.random.Generator, tables: CaseTables) -> pa.Table:
    residence, child = tables["residence"], tables["child"]
    row = pc.index_in(residence["child_id"], child["child_id"].combine_chunks()).to_numpy()
    service, locality = column(child, "service")[row], column(child, "locality")[row]
    by = {place.service: place for place in PLACES.value}
    letters = np.array([by[s].letters if s in by else "ZV" for s in service], dtype=object)
    named = np.array([place or "Elsewhere" for place in locality], dtype=object)
    secure = np.isin(column(residence, "accommodation_type"), ["YOI", "STC", "SCH", "RESIDENTIAL_UNIT_SECURE"])
    lines = np.where(secure, "A secure establishment (invented)", names.address_lines(rng, named))
    return pa.table({
        "residence_id": residence["residence_id"],
        "lines": pa.array(lines, pa.string()),
        "postcode": pa.array(np.where(secure, "", names.postcodes(rng, letters)), pa.string()),
    })  # fmt: skip


def descriptions(rng: np.random.Generator, tables: CaseTables) -> pa.Table:
    offence = tables["offence"]
    category = column(offence, "yjb_offence_category")
    said = np.full(len(offence), "Not described", dtype=object)
    for code, sentences in WHAT_HAPPENED.items():
        found = np.flatnonzero(category == code)
        said[found] = names.picked(rng, sentences, len(found))
    return pa.table({"offence_id": offence["offence_id"], "description": pa.array(said, pa.string())})


def police_bails(rng: np.random.Generator, tables: CaseTables) -> pa.Table:
    """Conditions of bail, and the police who set them; nobody is under conditions without bail."""
    bail = tables["police_bail"]
    n = len(bail)
    conditions = maybe(rng, names.picked(rng, BAIL_CONDITIONS, n), CONDITIONS_RECORDED.value)
    conditions[column(bail, "bail_status") == UNDER_INVESTIGATION] = None
    return pa.table({
        "police_bail_id": bail["police_bail_id"],
        "conditions": pa.array(conditions, pa.string()),
        "police": pa.array(names.picked(rng, POLICE, n), pa.string()),
    })  # fmt: skip
