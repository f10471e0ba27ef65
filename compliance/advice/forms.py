"""The shape of advice that is typed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.advice.states import AdviceWay
from registry.form_fields import long_text, offer, radios


class GiveAdvice(forms.Form):
    way = radios(_("How is the advice given?"), AdviceWay.choices)
    standard = radios(_("Standard"))
    text = long_text(
        label=_("Advice"),
        help_text=_("Say how the business can meet the standard. By letter, the business reads this as you write it."),
        required=_("Enter the advice."),
    )

    def __init__(self, *args: Any, standards: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "standard", standards)
