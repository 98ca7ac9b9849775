"""The field by which a person chooses a file."""

from __future__ import annotations

from django import forms
from django.conf import settings

from openyj.files.kinds import ENDINGS, WHAT_IS_KEPT


class UploadField(forms.FileField):
    """Choose a file. It is looked at when the form is saved: see openyj.files.services.keep."""

    def __init__(self, **kwargs) -> None:
        most = settings.FILES_MOST_BYTES // 1024**2
        kwargs.setdefault("help_text", f"{WHAT_IS_KEPT}. At most {most} MB.")
        super().__init__(widget=forms.FileInput(attrs={"accept": ENDINGS}), max_length=255, **kwargs)
