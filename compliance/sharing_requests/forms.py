"""The shape of what is typed to ask that something may be shared with a guarded authority."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.agencies.models import Agency
from registry.form_fields import a_day, a_row, long_text, offer, offer_from, radios


class AskToShare(forms.Form):
    agency = a_row(
        _("With which authority?"),
        Agency.objects.none(),
        required=_("Say to which authority it goes."),
        empty_label=_("Choose an authority"),
    )
    way = radios(_("How is it shared?"))
    basis = radios(_("What is the lawful basis?"))
    because = long_text(
        label=_("Why is it necessary and proportionate?"),
        help_text=_("The second person reads it. The authority does not."),
        required=_("Say why it is necessary and proportionate, in 10 characters or more."),
    )
    agreed_on = a_day(
        _("If the person who reported has agreed: on which day?"),
        _("The day"),
        required=False,
        help_text=_("For example, 27 3 2026"),
    )
    text = long_text(
        label=_("What is the authority to read?"),
        help_text=_(
            "Only for a joint case or a message: write every sentence word for word. Nothing that says who told us."
        ),
    )

    def __init__(self, *args: Any, agencies: Any, ways: Any, bases: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "agency", agencies)
        offer(self, "way", [(one.value, one.label) for one in ways])
        offer(self, "basis", bases)
        if len(ways) == 1:
            self.initial["way"] = ways[0].value
