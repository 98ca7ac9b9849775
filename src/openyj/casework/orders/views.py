"""Adding what follows from an outcome. Changing one fact and its history are `people.views.facts`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from openyj.casework.forms.appeal import AddAppealForm
from openyj.casework.forms.order import ContractForm, CustodyForm, OrderChangeForm
from openyj.casework.forms.order_transfer import OrderTransferForm
from openyj.casework.forms.requirement import HoursForm, RequirementForm
from openyj.casework.orders import appeals, running, services, transfers
from openyj.people.pages import adding

PAGE = "casework:orders"


def asked_for(name: str) -> Callable[[HttpRequest], dict[str, Any]]:
    """A link of the page says for which order or requirement."""
    return lambda request: {name: request.GET.get(name, "")}


add_requirement = adding(
    RequirementForm, services.add_requirement, label="requirement", page=PAGE, begins=asked_for("outcome")
)
add_hours = adding(HoursForm, services.add_hours, label="hours done", page=PAGE, begins=asked_for("requirement"))


def appealed(request: HttpRequest) -> dict[str, Any]:
    """A link of an order ticks the outcome it stands for."""
    named = request.GET.get("outcome", "")
    return {"outcomes": [named] if named.isdigit() else []}


add_appeal = adding(AddAppealForm, appeals.add_appeals, label="appeal", page=PAGE, begins=appealed)
add_contract = adding(ContractForm, running.add_contract, label="contract", page=PAGE, begins=asked_for("outcome"))
add_order_change = adding(
    OrderChangeForm, running.add_change, label="extension or early end", page=PAGE, begins=asked_for("outcome")
)
add_custody = adding(
    CustodyForm, running.add_custody, label="custody and licence", page=PAGE, begins=asked_for("outcome")
)
add_order_transfer = adding(
    OrderTransferForm, transfers.add_transfer, label="transfer of an order", page=PAGE, begins=asked_for("outcome")
)
