"""Doing what a form asks once, however often it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from psycopg.errors import ExclusionViolation, UniqueViolation

from openyj.accounts.drafts import drop_draft
from openyj.accounts.models import Receipt

LONGEST = Receipt._meta.get_field("led_to").max_length
SAVED_MEANWHILE = (
    "Somebody saved the same while you were typing. Look at what is there now; if this is still needed, send it again."
)


def save_once(request: HttpRequest, save: Callable[[], object]) -> HttpResponse:
    """Call `save` and go where it says (an address, a URL name or an object with `get_absolute_url`).

    A second sending of the same form, even at the same moment, waits for the first and goes where it led. A form
    without a receipt (an old page, a script) is handled as sent once. Two people who save the same at the same moment
    both pass the checks; the database refuses the second, which is raised as ValidationError.
    """
    token = read_token(request.POST.get("receipt", ""))
    try:
        # One savepoint: a form that `save` refuses keeps no receipt, so that it can be put right and sent again.
        with transaction.atomic():
            if not keep_receipt(token, request.user.pk):
                earlier = Receipt.objects.filter(token=token, user=request.user).first()
                return HttpResponseRedirect(earlier.led_to if earlier and earlier.led_to else "/")
            address = resolve_url(save())
            Receipt.objects.filter(token=token).update(led_to=address if len(address) <= LONGEST else "/")
    except IntegrityError as refusal:
        if not isinstance(refusal.__cause__, UniqueViolation | ExclusionViolation):
            raise
        raise ValidationError(SAVED_MEANWHILE) from refusal
    drop_draft(request)
    return HttpResponseRedirect(address)


def keep_receipt(token: uuid.UUID, user: int) -> bool:
    """Whether this sending is the first. A second one at the same moment waits here for the first to end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_receipt (token, user_id, at, led_to) VALUES (%s, %s, now(), '') "
            "ON CONFLICT DO NOTHING",
            [token, user],
        )
        return cursor.rowcount == 1


def read_token(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
