"""The shape of what is typed about the insurance of a holder."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.insurances.queries import Insurance
from registry.form_fields import a_day, long_text, offer, radios
from registry.reasons import TOO_SHORT
from registry.web import FilesField, UploadForm

WHICH = _("Choose the insurance.")


class Send(UploadForm):
    code = radios(_("Which insurance?"), required=WHICH)
    ends_on = a_day(_("What is its last day?"), _("The last day"))
    documents = FilesField(label=_("Certificate of the insurance"))

    def __init__(self, *args: Any, insurances: Sequence[Insurance], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "code", [(one.term.code, one.title) for one in insurances])
        if len(insurances) == 1:
            self.initial.setdefault("code", insurances[0].term.code)


class Excuse(forms.Form):
    code = radios(_("Which insurance?"), required=WHICH)
    because = long_text(
        label=_("Why is it not needed?"),
        help_text=_("The holder can read this."),
        required=TOO_SHORT,
    )

    def __init__(self, *args: Any, insurances: Sequence[Insurance], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "code", [(one.term.code, one.title) for one in insurances])
