from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "openyj.casework"
    label = "casework"

    def ready(self) -> None:
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
