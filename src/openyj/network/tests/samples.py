"""What the forms of the network send."""

from __future__ import annotations

import re

from openyj.casework.tests.sending import on
from openyj.network.tests.factories import agency, word

RESPONSIBLE = {"responsibility": "YES", "responsibility_source": "Birth certificate"} | on(
    "responsibility_known_on", 1, 5, 2026
)


def person(code: str = "mother", **change):
    return {"name": "Dilys Morgan", "relationship": word(code).pk} | change


def professional(**change):
    return {"name": "Idris Vale", "job": "Social worker", "agency_kind": agency().pk, "lead": "no"} | change


def page_of(client, child, page: str = "/network") -> str:
    answer = client.get(f"/children/{child.pk}{page}")
    assert answer.status_code == 200, page
    return re.sub(r"\s+", " ", answer.content.decode())


def add(client, child, page: str = "add", sent=None):
    return client.post(f"/children/{child.pk}/network/{page}", person() if sent is None else sent)
