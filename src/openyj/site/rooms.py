"""The rooms that are Django apps, highest first: an upper one may import a lower one, never the other way."""

DJANGO_ROOMS = [
    "exchange",
    "performance",
    "caselevel",
    "casework",
    "people",
    "reference",
    "accounts",
    "core",
]
