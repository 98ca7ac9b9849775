"""Addresses of background work."""

from django.urls import path

from openyj.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.all_jobs, name="all"),
    path("by-the-clock/<str:name>", views.begin_now, name="begin_now"),
    path("<int:job_id>", views.job, name="job"),
    path("<int:job_id>/state", views.state, name="state"),
    path("<int:job_id>/try-again", views.try_again, name="try_again"),
    path("<int:job_id>/give-up", views.give_up, name="give_up"),
]
