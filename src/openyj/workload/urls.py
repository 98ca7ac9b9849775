"""Addresses of the pages about workloads."""

from django.urls import path

from openyj.workload import views

app_name = "workload"
urlpatterns = [
    path("workload/", views.workloads, name="workloads"),
    path("workload/<int:user_id>", views.worker, name="worker"),
    path("workload/weights", views.weights, name="weights"),
    path("workload/weights/<str:part>", views.set_weight, name="set_weight"),
    path("workload/hours", views.set_hours, name="set_hours"),
    path("children/<int:child_id>/allocate", views.allocate, name="allocate"),
]
