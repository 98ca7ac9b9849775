from django.urls import path

from openyj.performance import views

app_name = "performance"
urlpatterns = [
    path("performance", views.home, name="home"),
    path("performance/figure/<str:code>", views.evidence, name="evidence"),
    path("performance/figure/<str:code>/children", views.children, name="children"),
    path("performance/<slug:slug>", views.measure, name="measure"),
    path("performance/<slug:slug>/spreadsheet", views.export, name="export"),
]
