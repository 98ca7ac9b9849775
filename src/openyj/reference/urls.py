"""Addresses of reference data."""

from django.urls import path

from openyj.reference import views

app_name = "reference"
urlpatterns = [
    path("", views.index, name="index"),
    path("outcomes", views.outcomes, name="outcomes"),
    path("outcomes/add", views.add_outcome, name="add_outcome"),
    path("outcomes/<int:outcome_id>", views.outcome, name="outcome"),
    path("outcomes/<int:outcome_id>/change", views.change_outcome, name="change_outcome"),
    path("outcomes/<int:outcome_id>/counts-as", views.change_meaning, name="change_meaning"),
    path("outcomes/<int:outcome_id>/counts-as/<int:meaning_id>/correct", views.correct_meaning, name="correct_meaning"),
    path("outcomes/<int:outcome_id>/counts-as/<int:meaning_id>/take-back", views.take_back, name="take_back"),
    path("populations", views.populations, name="populations"),
    path("populations/add", views.add_population, name="add_population"),
    path("populations/<int:population_id>/change", views.change_population, name="change_population"),
]
