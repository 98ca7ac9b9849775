from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "openyj.inspection"
    label = "inspection"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.inspection import threads  # noqa: F401

        register("Inspections", "inspection:reports", permission=Permission.SEE_ACTIONS, order=46)
