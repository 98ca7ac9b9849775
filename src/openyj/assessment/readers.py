"""Who reads what a child answers, said to the child. Worked out from the roles that may, so that it is always true."""

from __future__ import annotations

from openyj.accounts.roles import ROLES
from openyj.questionnaires.definition import Definition, Section

# A role as a child may read it. A role that is not here is named as the site names it.
TO_A_CHILD = {
    "practitioner": "the people here who work with children, like your worker",
    "manager": "their managers",
    "head_of_service": "the person in charge of the whole service",
    "data_officer": "the people who keep the records right",
    "inspector": "inspectors, who check that we treat children well",
}


def said_of(definition: Definition, section: Section) -> list[str]:
    """Everyone who may read the answers of `section`, in a child's words."""
    return [TO_A_CHILD.get(role, ROLES[role].label) for role in definition.readers(section)]
