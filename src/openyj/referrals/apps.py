from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "openyj.referrals"
    label = "referrals"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.accounts.navigation import register
        from openyj.accounts.roles import Permission
        from openyj.referrals import contributions, milestones, workload  # noqa: F401
        from openyj.referrals.shipped import load_kinds

        load_after_migration(load_kinds)
        register("Referrals", "referrals:queue", permission=Permission.SEE_REFERRALS, order=15)
