from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "openyj.finance"
    label = "finance"

    def ready(self) -> None:
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission

        register("Money", "finance:years", permission=Permission.SEE_MONEY, order=50)
