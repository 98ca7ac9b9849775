from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "openyj.packs"
    label = "packs"

    def ready(self) -> None:
        from openyj.meetings.slots import beside_meeting
        from openyj.packs.selectors import link_beside

        beside_meeting.add("pack", link_beside)
