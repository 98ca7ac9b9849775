"""Every address of the site, by room."""

from django.urls import include, path

from openyj.home import views as home

handler400 = "openyj.accounts.views.bad_request"
urlpatterns = [
    path("", include("openyj.performance.urls")),
    path("reference/", include("openyj.reference.urls")),
    path("", include("openyj.plans.urls")),
    path("", include("openyj.inspection.urls")),
    path("", include("openyj.packs.urls")),
    path("", include("openyj.reports.urls")),
    path("", include("openyj.documents.urls")),
    path("", include("openyj.finance.urls")),
    path("", include("openyj.home.urls")),
    path("", include("openyj.network.urls")),
    path("", include("openyj.assessment.urls")),
    path("", include("openyj.delays.urls")),
    path("", include("openyj.referrals.urls")),
    path("", include("openyj.court.urls")),
    path("", include("openyj.circumstances.urls")),
    path("", include("openyj.casework.urls")),
    path("", include("openyj.workload.urls")),
    path("", include("openyj.meetings.urls")),
    path("", include("openyj.rota.urls")),
    path("", include("openyj.actions.urls")),
    path("", include("openyj.people.urls")),
    path("", include("openyj.accounts.urls")),
    path("", include("openyj.outbox.urls")),
    path("background-work/", include("openyj.jobs.urls")),
    path("accessibility", home.accessibility, name="accessibility"),
    path("whats-new", home.whats_new, name="whats-new"),
]
