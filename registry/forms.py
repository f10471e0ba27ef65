"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from registry.reasons import TOO_SHORT


class Because(forms.Form):
    """What changes somebody's access for the worse is done with a reason, which the trail keeps."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Say how you know that the request is genuine."),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Enter the reason."),
            "min_length": TOO_SHORT,
        },
    )


class Published(forms.Form):
    """The head of the trail as it stands on a letter or certificate, to compare with."""

    number = forms.IntegerField(label=_("Number of entries"), required=False, min_value=1)
    hash = forms.RegexField(
        r"\s*[0-9a-fA-F]{64}\s*",
        label=_("Hash"),
        help_text=_("64 letters and digits, printed at the foot of every letter and certificate."),
        required=False,
        error_messages={"invalid": _("A hash has 64 characters: digits and the letters a to f.")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (typed.get("number") is None) != (not typed.get("hash")):
            self.add_error(
                "hash" if typed.get("number") else "number", _("Type both the number and the hash, or neither.")
            )
        return typed

    @property
    def head(self) -> tuple[int, str] | None:
        number = self.cleaned_data.get("number")
        return (number, self.cleaned_data["hash"].strip()) if number else None


class SentOnce(forms.Form):
    """A form that carries a number of its own: what is sent twice is kept once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=22)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = get_random_string(22)

    def clean_once(self) -> str:
        return self.cleaned_data["once"] or get_random_string(22)


class Confirm(forms.Form):
    """Nothing is asked: the button says it all."""
