"""The shape of what is typed about a report: words for the business, when it is sent, and what the business replies."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.models import Wording
from compliance.inspections.queries.findings import FindingInWords
from registry.form_fields import a_day, long_text


class WordForBusiness(forms.Form):
    """For the summary and each standard that is not met: what the business reads in its place."""

    all_optional = True

    def __init__(
        self, *args: Any, summary: str, unmet: tuple[FindingInWords, ...], kept: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.parts = [Wording.SUMMARY, *(one.code for one in unmet)]
        labels = {Wording.SUMMARY: _("Instead of the summary")} | {
            one.code: format_lazy(_("Instead of the evidence for {code}"), code=one.code) for one in unmet
        }
        written = {Wording.SUMMARY: summary} | {one.code: one.evidence for one in unmet}
        for part in self.parts:
            hint = format_lazy(_("You wrote: {text}"), text=written[part]) if written[part] else ""
            self.fields[f"part-{part}"] = long_text(label=labels[part], help_text=hint, initial=kept.get(part, ""))

    @property
    def wordings(self) -> dict[str, str]:
        return {part: self.cleaned_data[f"part-{part}"] for part in self.parts}


class SendReport(forms.Form):
    reply_by = a_day(_("By when may the business reply?"), _("The day"))


class ReplyToReport(forms.Form):
    text = long_text(
        label=_("What do you say to this report?"),
        help_text=_("It is kept with the report, and the decision maker reads it. Do not name workers."),
        required=_("Enter your reply."),
    )
