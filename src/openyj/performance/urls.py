from django.urls import path

from openyj.performance import views

app_name = "performance"
urlpatterns = [
    path("", views.home, name="home"),
    path("figure/<str:code>/", views.evidence, name="evidence"),
    path("figure/<str:code>/children/", views.children, name="children"),
    path("<slug:slug>/", views.measure, name="measure"),
    path("<slug:slug>/spreadsheet/", views.export, name="export"),
]
