"""The way in for the web server."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openyj.site.settings")
application = get_wsgi_application()

# The first figure of a process would wait two seconds for its libraries; they are brought while nobody waits.
if os.environ.get("OPENYJ_MODE") != "test":
    from openyj.performance.warm import warm_up

    threading.Thread(target=warm_up, daemon=True, name="warm-up").start()
