from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "openyj.casework"
    label = "casework"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.casework import (  # noqa: F401
            calendar_dates,
            co_defendants,
            contributions,
            first_contacts,
            milestones,
            police_bail,
            use_of_outcomes,
            workload,
        )
        from openyj.casework.orders import kinds, limits  # noqa: F401
        from openyj.casework.orders.shipped import load_words

        load_after_migration(load_words)
