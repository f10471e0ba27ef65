"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import boxes

# --- letters by post ---


class Posted(forms.Form):
    """Which of the letters that wait have been posted."""

    def __init__(self, *args: Any, waiting: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"] = boxes(
            _("Which letters have been posted?"), list(waiting.items()), required=_("Tick at least one letter.")
        )
