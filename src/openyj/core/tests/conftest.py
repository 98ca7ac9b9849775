"""Core's tests stand on core alone: their own addresses and templates, no room above, and mostly no database."""

from pathlib import Path

import pytest
from django.conf import settings as site

HERE = Path(__file__).parent
ALONE = ("openyj.accounts", "allauth", "whitenoise")


@pytest.fixture
def gallery(settings):
    """The gallery's addresses and templates, under the site's own settings without the upper rooms' parts."""
    settings.ROOT_URLCONF = "openyj.core.tests.gallery"
    settings.MIDDLEWARE = [name for name in site.MIDDLEWARE if not name.startswith(ALONE)]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
    options = site.TEMPLATES[0]["OPTIONS"]
    processors = [name for name in options["context_processors"] if not name.startswith(ALONE)]
    settings.TEMPLATES = [
        {**site.TEMPLATES[0], "DIRS": [HERE / "templates"], "OPTIONS": {**options, "context_processors": processors}}
    ]
    return settings
