from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "openyj.people"
    label = "people"

    def ready(self) -> None:
        from openyj.people import contributions, holdings  # noqa: F401
