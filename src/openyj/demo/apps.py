from django.apps import AppConfig
from django.conf import settings

from openyj.home.welcome import WELCOME, Part


class DemoConfig(AppConfig):
    name = "openyj.demo"
    label = "demo"

    def ready(self) -> None:
        from openyj.caselevel.beside import BESIDE
        from openyj.demo.people import PASSWORD, demo_people

        if settings.DEMO:
            BESIDE.add("an invented country", the_country)
            WELCOME.add(
                "demo", lambda: Part("demo/people.html", {"people": demo_people(), "password": PASSWORD}), order=10
            )


def the_country():
    # Imported when one is made: a site that starts has no need of what invents it.
    from openyj.demo.country import rest_of_the_country

    return rest_of_the_country()
