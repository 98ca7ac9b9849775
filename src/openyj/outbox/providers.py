"""How a message leaves: as a file in a folder, or by GOV.UK Notify where an administrator configured it.

After a worker was killed nobody here knows whether a message was handed over. So a file has the message's own name,
and Notify is first asked for the message's reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from openyj.core.dates import say_datetime
from openyj.jobs.declaring import CannotBeDone
from openyj.outbox.models import Message

NO_SUCH_ADDRESS = "There is no such address, or it takes no messages."
NOT_REACHED = "It could not be delivered for three days: the box is full, or the phone was off."
NOT_ACCEPTED = "The provider did not take this address."


class BadAddress(Exception):
    """The provider says that nothing can go to this address."""


class KeyRefused(CannotBeDone):
    words = "GOV.UK Notify refused the key. Check NOTIFY_API_KEY and the two template numbers, then try again."


@dataclass(frozen=True)
class Outcome:
    """What became of a message: delivered or, in words, why not; `wrong` where its address is to blame."""

    delivered: bool
    trouble: str = ""
    wrong: bool = False


class Provider(Protocol):
    name: str

    def send(self, message: Message) -> str:
        """Hand a message over, unless it was before, and return the provider's number for it."""

    def outcome(self, message: Message) -> Outcome | None:
        """What became of it; None while nobody knows."""


class Files:
    """One readable file a message, for demo and development: nothing leaves the machine."""

    name = "files"

    def send(self, message: Message) -> str:
        folder = Path(settings.OUTBOX_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{message.asked_at:%Y-%m-%d}-{message.channel}-{message.pk}.txt"
        lines = [f"To: {message.address}", f"Asked for: {say_datetime(message.asked_at)}"]
        if message.subject:
            lines.append(f"Subject: {message.subject}")
        part = folder / f"{name}.part"
        part.touch(mode=0o600)
        part.write_text("\n".join([*lines, "", message.body, ""]))
        part.replace(folder / name)
        return name

    def outcome(self, message: Message) -> Outcome | None:
        return None


class Notify:
    """GOV.UK Notify. Its two templates hold nothing but ((subject)) and ((body)), and ((body))."""

    name = "notify"
    OUTCOMES = {
        "delivered": Outcome(True),
        "permanent-failure": Outcome(False, NO_SUCH_ADDRESS, wrong=True),
        "temporary-failure": Outcome(False, NOT_REACHED, wrong=False),
        "technical-failure": Outcome(
            False, "Something went wrong between GOV.UK Notify and the network. Send it again."
        ),
        "validation-failed": Outcome(False, NOT_ACCEPTED, wrong=True),
    }

    def __init__(self) -> None:
        self.client = NotificationsAPIClient(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=20)

    def send(self, message: Message) -> str:
        reference = str(message.reference)
        try:
            known = self.client.get_all_notifications(reference=reference)["notifications"]
            if known:
                return known[0]["id"]
            if message.channel == "email":
                answer = self.client.send_email_notification(
                    email_address=message.address,
                    template_id=settings.NOTIFY_EMAIL_TEMPLATE,
                    personalisation={"subject": message.subject, "body": message.body},
                    reference=reference,
                )
            else:
                answer = self.client.send_sms_notification(
                    phone_number=message.address,
                    template_id=settings.NOTIFY_TEXT_TEMPLATE,
                    personalisation={"body": message.body},
                    reference=reference,
                )
        except HTTPError as problem:
            if problem.status_code in (401, 403):
                raise KeyRefused from None
            if problem.status_code == 400:
                if "template" in str(problem.message).lower():
                    raise KeyRefused from None
                raise BadAddress from None
            raise
        return answer["id"]

    def outcome(self, message: Message) -> Outcome | None:
        return self.OUTCOMES.get(self.client.get_notification_by_id(message.provider_id)["status"])


GIVEN_UP_AFTER = timedelta(days=4)  # Notify tries for three days


def provider() -> Provider:
    return Notify() if settings.NOTIFY_API_KEY else Files()
