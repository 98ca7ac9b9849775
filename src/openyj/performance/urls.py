from django.urls import path

from openyj.performance import views

app_name = "performance"
urlpatterns = [
    path("", views.home, name="home"),
]
