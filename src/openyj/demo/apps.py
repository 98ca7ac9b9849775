from django.apps import AppConfig
from django.conf import settings

from openyj.home.welcome import WELCOME, Part


class DemoConfig(AppConfig):
    name = "openyj.demo"
    label = "demo"

    def ready(self) -> None:
        from openyj.demo.people import PASSWORD, demo_people

        if settings.DEMO:
            WELCOME.add(
                "demo", lambda: Part("demo/people.html", {"people": demo_people(), "password": PASSWORD}), order=10
            )
