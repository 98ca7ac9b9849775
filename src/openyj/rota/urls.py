"""Addresses of the pages about the duty rota."""

from django.urls import path

from openyj.rota import views

app_name = "rota"
urlpatterns = [
    path("duty-rota/", views.month, name="month"),
    path("duty-rota/today", views.today, name="today"),
    path("duty-rota/plan", views.plan, name="plan"),
    path("duty-rota/copy", views.copy, name="copy"),
    path("duty-rota/cover", views.cover, name="cover"),
    path("duty-rota/<int:duty_id>/swap", views.swap, name="swap"),
    path("duty-rota/<int:duty_id>/take-off", views.take_off, name="take_off"),
]
