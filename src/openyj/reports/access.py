"""Getting at one court report, and at its child as any page of the record does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from openyj.accounts.access import access
from openyj.accounts.form_pages import handled_before
from openyj.accounts.roles import Permission
from openyj.people.access import ReasonNeeded, get_child
from openyj.reports.models import CourtReport

SEE, ASK = Permission.SEE_REPORTS, Permission.ASK_REPORTS
WRITE, GATEKEEP = Permission.WRITE_REPORTS, Permission.GATEKEEP_REPORTS
READ_WITH = ("kind", "hearing", "author", "gatekeeper", "recorded_by", "in_error_by", "service")


def of_report(permission: Permission = SEE) -> Callable:
    """Declare a view about one report: it is called with the report in place of the address's `court_report_id`. A
    look is logged; a need-to-know child's report opens as the record does, with a reason. One recorded in error can be
    read and nothing else."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @access(permission)
        @wraps(view)
        def wrapped(request: HttpRequest, court_report_id: int, **kwargs) -> HttpResponse:
            rows = CourtReport.objects.visible_to(request.user).select_related(*READ_WITH)
            report = rows.filter(pk=court_report_id).first()
            if report is None:
                raise Http404
            try:
                report.child = get_child(request, report.child_id)
            except ReasonNeeded as gate:
                return gate.ask(request)
            if permission != SEE and not report.stands and not handled_before(request):
                raise Http404
            return view(request, report, **kwargs)

        return wrapped

    return decorate
