"""Starting a Plan, writing a section, freezing a version."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django import forms

from openyj.core.forms import Form
from openyj.documents.numbers import TypedNumber
from openyj.documents.tokens import write_quoted, write_token
from openyj.finance.forms import YearField
from openyj.plans.offers import Offer
from openyj.plans.structures import structures

HERE = "[here]"  # where a writer without a script wants what they choose
KINDS = [
    ("figure", "The figure"),
    ("change", "What changed from the year before"),
    ("table", "Its table"),
    ("chart", "Its chart"),
]


class StartPlanForm(Form):
    year = YearField(label="Year of the Plan", help_text="For example, 2026/27")
    structure = forms.ChoiceField(label="Headings", widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["structure"].choices = [(one.key, one.name) for one in reversed(structures().values())]


class SectionForm(Form):
    mark_optional = False
    text = forms.CharField(
        label="Text",
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 18, "spellcheck": "true"}),
        help_text="Leave an empty line between paragraphs. Begin a list's lines with - and a heading with #.",
    )


class FigureField(forms.CharField):
    """A figure chosen from a list. What was chosen is looked up by its code: the list itself, which takes reading the
    record, is only made when it is shown."""

    widget = forms.Select

    def __init__(self, *, known: Callable[[str], bool], offers: Sequence[Offer] = (), **kwargs):
        super().__init__(label="Figure", required=False, **kwargs)
        self.known = known
        self.widget.choices = grouped(offers)

    def clean(self, value):
        code = "".join(super().clean(value).split()).upper()
        if code and not self.known(code):
            raise forms.ValidationError("There is no figure with this code. Choose one from the list")
        return code


class InsertForm(Form):
    """What to put into the text: a figure from the list or by its code, in one of its forms."""

    mark_optional = False

    def __init__(self, *args, known: Callable[[str], bool], offers: Sequence[Offer] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["figure"] = FigureField(known=known, offers=offers)
        self.fields["code"] = FigureField(known=known, widget=forms.TextInput, max_length=12)
        self.fields["code"].label = "Or a figure’s code"
        self.fields["code"].help_text = "Every figure’s page shows its code"
        self.fields["kind"] = forms.ChoiceField(label="Show", choices=KINDS, initial="figure", required=False)

    def clean(self):
        found = super().clean()
        if not self.errors and not (found["code"] or found["figure"]):
            self.add_error("figure", "Choose a figure from the list, or type its code")
        return found

    @property
    def token(self) -> str:
        """What is to be put into the text. A table or chart stands in a paragraph of its own."""
        kind = self.cleaned_data["kind"] or "figure"
        token = write_token(kind, self.cleaned_data["code"] or self.cleaned_data["figure"])
        return f"\n\n{token}\n\n" if kind in {"table", "chart"} else token


def grouped(offers: Sequence[Offer]) -> list:
    choices: dict[str, list[tuple[str, str]]] = {}
    for offer in offers:
        choices.setdefault(offer.group, []).append((offer.code, offer.label))
    return [("", "Choose"), *choices.items()]


def inserted(text: str, token: str) -> str:
    """The text with a token where the writer wrote [here], or at its end."""
    if HERE in text:
        return text.replace(HERE, token, 1)
    gap = "" if not text or text[-1].isspace() or token[0].isspace() else " "
    return f"{text}{gap}{token}"


class NumberForm(Form):
    """What a typed number is: a figure of the record, or quoted from somewhere."""

    source = forms.CharField(label="Source", required=False, max_length=300)

    def __init__(
        self,
        *args,
        known: Callable[[str], bool],
        offers: Sequence[Offer] = (),
        number: TypedNumber | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.number = number
        self.fields["figure"] = FigureField(known=known, offers=offers)

    def clean(self):
        found = super().clean()
        if not self.errors and bool(found["figure"]) == bool(found["source"]):
            message = "Choose the figure this number is, or say where it comes from"
            self.add_error("source", f"{message}; not both" if found["figure"] else message)
        return found

    def token_for(self, said: str) -> str:
        """What stands in the number's place from now on."""
        if self.cleaned_data["figure"]:
            return write_token("figure", self.cleaned_data["figure"])
        return write_quoted(said, self.cleaned_data["source"])


class FreezeForm(Form):
    name = forms.CharField(
        label="Name of this version", max_length=100, help_text="For example, For the board of 30 July"
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Who asked for it, what is still open",
    )
