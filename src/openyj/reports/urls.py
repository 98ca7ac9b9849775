"""Addresses of the pages about court reports."""

from django.urls import path

from openyj.reports.views import asking, files, gate, kinds, one

app_name = "reports"
ONE = "court-reports/<int:court_report_id>"
urlpatterns = [
    path("court-reports/", one.reports, name="reports"),
    path("court-reports/kinds", kinds.kinds, name="kinds"),
    path("court-reports/kinds/add", kinds.add_kind, name="add_kind"),
    path("court-reports/kinds/<int:report_kind_id>", kinds.change_kind, name="change_kind"),
    path("children/<int:child_id>/court-reports", one.of_child_page, name="of_child"),
    path("children/<int:child_id>/court-reports/add", asking.ask, name="ask"),
    path(ONE, one.report, name="report"),
    path(f"{ONE}/change", asking.change, name="change"),
    path(f"{ONE}/not-needed", asking.withdraw, name="withdraw"),
    path(f"{ONE}/take-up-again", asking.reopen, name="reopen"),
    path(f"{ONE}/in-error", asking.in_error, name="in_error"),
    path(f"{ONE}/draft", files.make_draft, name="make_draft"),
    path(f"{ONE}/drafts/<int:number>", files.draft, name="draft"),
    path(f"{ONE}/versions/add", files.add_version, name="add_version"),
    path(f"{ONE}/versions/<int:number>", files.open_version, name="open_version"),
    path(f"{ONE}/versions/<int:number>/beside/<int:other>", files.compare, name="compare"),
    path(f"{ONE}/submit", gate.submit, name="submit"),
    path(f"{ONE}/gatekeep", gate.gatekeep, name="gatekeep"),
    path(f"{ONE}/sign", gate.sign, name="sign"),
    path(f"{ONE}/sent", gate.note_sent, name="note_sent"),
    path(f"{ONE}/sent/<int:sending_id>/in-error", gate.not_sent, name="not_sent"),
]
