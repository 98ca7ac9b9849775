"""The rooms that are Django apps, highest first: an upper one may import a lower one, never the other way."""

DJANGO_ROOMS = [
    "demo",
    "home",
    "plans",
    "exchange",
    "inspection",
    "documents",
    "performance",
    "caselevel",
    "finance",
    "assessment",
    "casework",
    "actions",
    "people",
    "files",
    "questionnaires",
    "reference",
    "outbox",
    "jobs",
    "accounts",
    "core",
]
