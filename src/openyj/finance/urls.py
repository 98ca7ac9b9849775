"""Addresses of the money."""

from django.urls import path

from openyj.finance import views

app_name = "finance"
urlpatterns = [
    path("money", views.years, name="years"),
    path("money/start", views.start_year, name="start_year"),
    path("money/partners", views.partners, name="partners"),
    path("money/partners/add", views.add_partner, name="add_partner"),
    path("money/partners/<int:partner_id>", views.change_partner, name="change_partner"),
    path("money/figures/<str:code>", views.figure, name="figure"),
    path("money/<int:starts>", views.year, name="year"),
    path("money/<int:starts>/change", views.change_year, name="change_year"),
    path("money/<int:starts>/history", views.year_history, name="year_history"),
    path("money/<int:starts>/contributions.xlsx", views.year_sheet, name="year_sheet"),
]
