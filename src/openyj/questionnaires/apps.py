from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "openyj.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        from openyj.accounts.management.commands.prepare import load_after_migration
        from openyj.questionnaires.loading import load_shipped

        load_after_migration(load_shipped)
