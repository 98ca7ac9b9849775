"""What the forms of casework send, and what is then in the record."""

from __future__ import annotations

from openyj.accounts.scope import EVERY_SERVICE, acting
from openyj.casework.tests.factories import make_legal_outcome


def on(name, day, month, year):
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


def rows(model):
    with acting(by=None, services=EVERY_SERVICE):
        return list(model.objects.all())


OFFENCE = {"description": "Theft from a shop"} | on("offence_date", 1, 3, 2026)


def add(client, child, what, sent):
    return client.post(f"/children/{child.pk}/{what}/add", sent)


def outcome(*offences, **change):
    sent = {"offences": [o.pk for o in offences], "legal_outcome": make_legal_outcome().pk, "residence": "LOCAL"}
    return sent | on("outcome_date", 1, 4, 2026) | change
