"""Getting at one referral, and, where its child is identified, at the child as any page of the record does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from openyj.accounts.access import access, log
from openyj.accounts.form_pages import handled_before
from openyj.accounts.models import Access
from openyj.accounts.roles import Permission
from openyj.people.access import ReasonNeeded, get_child
from openyj.referrals.models import Referral

SEE, RECORD, DECIDE = Permission.SEE_REFERRALS, Permission.RECORD_REFERRALS, Permission.DECIDE_REFERRALS


def of_referral(permission: Permission = SEE) -> Callable:
    """Declare a view about one referral: it is called with the referral in place of the address's `referral_id`. A
    look is logged; a need-to-know child's referral opens as the record does, with a reason. One recorded in error can
    be read and nothing else."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @access(permission)
        @wraps(view)
        def wrapped(request: HttpRequest, referral_id: int, **kwargs) -> HttpResponse:
            rows = Referral.objects.visible_to(request.user)
            parts = ("source", "purpose", "work", "allocation__worker", "recorded_by", "in_error_by", "service")
            referral = rows.select_related(*parts).filter(pk=referral_id).first()
            if referral is None:
                raise Http404
            if referral.child_id:
                try:
                    referral.child = get_child(request, referral.child_id)
                except ReasonNeeded as gate:
                    return gate.ask(request)
            elif request.method == "GET":
                log(request, Access.Kind.READ)
            if permission != SEE and not referral.stands and not handled_before(request):
                raise Http404
            return view(request, referral, **kwargs)

        return wrapped

    return decorate
