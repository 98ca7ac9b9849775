"""What orders add to a child's record: their page, kinds of fact, their part of the timeline."""

from __future__ import annotations

from django.db.models import Case, CharField, F, Prefetch, Value, When
from django.db.models.functions import Concat

from openyj.accounts.models import Service
from openyj.casework.forms.appeal import AppealForm
from openyj.casework.forms.order import ContractForm, CustodyForm, OrderChangeForm
from openyj.casework.forms.order_transfer import OrderTransferForm
from openyj.casework.forms.requirement import HoursForm, RequirementForm
from openyj.casework.models import (
    Appeal,
    CaseWord,
    Contract,
    Custody,
    OrderChange,
    OrderTransfer,
    Outcome,
    Requirement,
    RequirementHours,
)
from openyj.casework.orders import appeals, running, services, transfers
from openyj.casework.orders.selectors import RUNNING
from openyj.casework.orders.words import (
    say_appeal_facts,
    say_change,
    say_contract,
    say_custody,
    say_hours,
    say_requirement,
    say_transfer_facts,
)
from openyj.people import rules as people_rules
from openyj.people import slots
from openyj.people.kinds import Hanging, Kind, register
from openyj.people.models import Child
from openyj.people.record import AboutChild
from openyj.people.slots import RecordPage
from openyj.reference.models import choices
from openyj.reference.selectors import Holding, more_holdings

PAGE = "casework:orders"
# After offences and outcomes, before programmes.
slots.pages.add(PAGE, RecordPage("Orders", PAGE), order=25)


def hanging_on(row: Outcome) -> list[AboutChild]:
    """What stands on an outcome and must be corrected before it."""
    return [
        *row.requirements.standing().select_related("kind"),
        *row.appeals.standing(),
        *row.comes_from.standing(),
        *row.contracts.standing(),
        *row.changes.standing(),
        *row.transfers.standing().select_related("other_service"),
        *row.custodies.standing(),
    ]


register(
    Kind(
        "requirement", "requirement", Requirement, PAGE, RequirementForm, say_requirement,
        change=services.change_requirement,
        hanging=lambda row: Hanging(goes_with_it=list(row.hours.standing())),
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "kind", "outcome__legal_outcome", "outcome__offence"
        ).prefetch_related(Prefetch("hours", RequirementHours.objects.standing(), to_attr="done")),
    )
)  # fmt: skip
register(
    Kind(
        "requirement-hours", "hours done", RequirementHours, PAGE, HoursForm, say_hours,
        change=services.change_hours,
        read=lambda rows: rows.select_related("child", "in_error_by", "requirement__kind"),
    )
)  # fmt: skip


register(
    Kind(
        "appeal", "appeal", Appeal, PAGE, AppealForm, say_appeal_facts,
        change=appeals.change_appeal, in_error=appeals.appeal_in_error,
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "outcome__legal_outcome", "outcome__offence", "new_outcome__legal_outcome"
        ),
    )
)  # fmt: skip


register(
    Kind(
        "contract", "contract", Contract, PAGE, ContractForm, say_contract, change=running.change_contract,
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "outcome__legal_outcome", "outcome__offence"
        ).prefetch_related(*RUNNING),
    )
)  # fmt: skip
register(
    Kind(
        "order-change", "extension or early end", OrderChange, PAGE, OrderChangeForm, say_change,
        change=running.change_change,
        read=lambda rows: rows.select_related("child", "in_error_by", "outcome__legal_outcome", "outcome__offence"),
    )
)  # fmt: skip
register(
    Kind(
        "custody", "custody and licence", Custody, PAGE, CustodyForm, say_custody, change=running.change_custody,
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "outcome__legal_outcome", "outcome__offence", "establishment",
            "custody_programme__disposal_type", "licence_programme__disposal_type",
        ),
    )
)  # fmt: skip


register(
    Kind(
        "order-transfer", "transfer of an order", OrderTransfer, PAGE, OrderTransferForm, say_transfer_facts,
        change=transfers.change_transfer, in_error=transfers.transfer_in_error,
        read=lambda rows: rows.select_related(
            "child", "in_error_by", "outcome__legal_outcome", "outcome__offence", "other_service", "transfer"
        ),
    )
)  # fmt: skip


@slots.timeline.contribute("order-transfer")
def transfers_asked(*, child):
    """The day another service was asked, or asked this one."""
    return OrderTransfer.objects.standing().filter(child=child), {
        "date": "asked_on",
        "title": Concat(Value("Transfer asked: "), F("other_service__name"), output_field=CharField()),
        "detail": F("reason"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("contract")
def contracts(*, child):
    """The day a referral order began to run."""
    return Contract.objects.standing().filter(child=child), {
        "date": "signed_on",
        "title": Value("Contract signed"),
        "detail": F("signed_by"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("order-change")
def order_changes(*, child):
    """The day an order was made longer or ended early."""
    said = [When(how=code, then=Value(label)) for code, label in choices("order_change")]
    return OrderChange.objects.standing().filter(child=child), {
        "date": "decided_on",
        "title": Concat(
            F("outcome__legal_outcome__label"), Value(": "), Case(*said, output_field=CharField()),
            output_field=CharField(),
        ),
        "detail": F("why"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }  # fmt: skip


@slots.timeline.contribute("appeal")
def appealed(*, child):
    """The day an outcome was appealed."""
    return Appeal.objects.standing().filter(child=child), {
        "date": "appealed_on",
        "title": Concat(Value("Appeal: "), F("outcome__legal_outcome__label"), output_field=CharField()),
        "detail": F("result"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("requirement-hours")
def hours_done(*, child):
    """Each day on which hours were done."""
    return RequirementHours.objects.standing().filter(child=child), {
        "date": "day",
        "title": Concat(Value("Hours done: "), F("requirement__kind__label"), output_field=CharField()),
        "detail": F("supervised_by"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


@slots.timeline.contribute("requirement")
def requirements(*, child):
    """The day a requirement began."""
    return Requirement.objects.standing().filter(child=child, start_date__isnull=False), {
        "date": "start_date",
        "title": Concat(Value("Requirement began: "), F("kind__label"), output_field=CharField()),
        "detail": F("term"),
        "by": F("recorded_by__name"),
        "object_id": "pk",
    }


def earliest_requirement(child: Child):
    """The first day of a requirement, which no date of birth may come after."""
    rows = Requirement.objects.standing().filter(child=child, start_date__isnull=False)
    day = rows.order_by("start_date").values_list("start_date", flat=True).first()
    return (day, "A requirement") if day else None


people_rules.EARLIEST.append(earliest_requirement)


@more_holdings.contribute("words of orders", order=27)
def words_held(service: Service) -> Holding:
    """The administrator's line about the words of orders."""
    return Holding("Words of orders", f"{CaseWord.objects.count()} words", "casework:words")
