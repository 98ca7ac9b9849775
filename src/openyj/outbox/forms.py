"""The administrator's form for a service's own words."""

from __future__ import annotations

from django import forms

from openyj.core.forms import Form
from openyj.outbox.kinds import MessageKind

LONGEST_TEXT = 306  # two parts of a text message


class WordingForm(Form):
    """Subject and text of one kind of message."""

    subject = forms.CharField(label="Subject", max_length=120, error_messages={"required": "Enter a subject"})
    body = forms.CharField(label="Message", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args, kind: MessageKind, **kwargs):
        super().__init__(*args, **kwargs)
        if kind.channel == "text":
            del self.fields["subject"]
            self.fields["body"].max_length = LONGEST_TEXT
        if kind.takes:
            known = ", ".join(f"{{{name}}}" for name in kind.takes)
            self.fields["body"].help_text = f"In the place of these the message says a number or a day: {known}"
