"""Django's own forms drawn as GOV.UK draws them. Set FORM_RENDERER = "openyj.core.govuk.GovukRenderer"."""

from openyj.core.govuk.renderer import GovukBoundField, GovukRenderer

__all__ = ["GovukBoundField", "GovukRenderer"]
