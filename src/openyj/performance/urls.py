from django.urls import path

from openyj.performance import comparison_views, national_views, views

app_name = "performance"
urlpatterns = [
    path("performance", views.home, name="home"),
    path("performance/figure/<str:code>", views.evidence, name="evidence"),
    path("performance/figure/<str:code>/children", views.children, name="children"),
    path("performance/figure/<str:code>/meetings", views.boards, name="boards"),
    path("performance/<slug:slug>", views.measure, name="measure"),
    path("performance/<slug:slug>/spreadsheet", views.export, name="export"),
    path("performance/<slug:slug>/compared", comparison_views.own_service, name="compared"),
    path("performance/<slug:slug>/compared/evidence", comparison_views.own_evidence, name="compared_evidence"),
    path("national", national_views.home, name="national"),
    path("national/snapshot", national_views.snapshot, name="national_snapshot"),
    path("national/snapshot/build", national_views.build, name="national_build"),
    path("national/<slug:slug>/services", national_views.services, name="national_services"),
    path("national/<slug:slug>/regions", national_views.regions, name="national_regions"),
    path("national/<slug:slug>/time", national_views.time, name="national_time"),
    path("national/<slug:slug>/funnel", comparison_views.funnel, name="national_funnel"),
    path("national/<slug:slug>/service", comparison_views.service, name="national_service"),
    path("national/<slug:slug>/evidence", comparison_views.evidence, name="national_evidence"),
]
