from django.apps import AppConfig


class RotaConfig(AppConfig):
    name = "openyj.rota"
    label = "rota"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.rota import calendars  # noqa: F401

        register("Duty rota", "rota:month", permission=Permission.SEE_ROTA, order=19)
