from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "openyj.plans"
    label = "plans"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission

        register("Plan", "plans:home", permission=Permission.SEE_PLAN, order=60)
