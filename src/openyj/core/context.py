"""What base.html says on every page, whoever reads it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

import openyj
from openyj.core import clock


def page(request: HttpRequest) -> dict[str, object]:
    """Product name, version, training bar, handling mark and time-out. The other words come from upper rooms."""
    return {
        "product_name": getattr(settings, "PRODUCT_NAME", "Open Youth Justice"),
        "version": getattr(openyj, "__version__", ""),
        "training_copy": getattr(settings, "DEMO", False),
        "handling_mark": getattr(settings, "HANDLING_MARK", "OFFICIAL-SENSITIVE"),
        "session_seconds": getattr(settings, "SESSION_MINUTES", 0) * 60,
        "printed_at": clock.now(),
    }
