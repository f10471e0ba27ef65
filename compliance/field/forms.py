"""The shape of what is typed about the people whom an inspector meets on a visit."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.field.models import VersionChoice
from compliance.field.queries.versions import VersionField, VersionInWords
from compliance.field.rules.field import ONLY_ADDED
from compliance.field.rules.versions import BOTH
from registry.form_fields import radios

CHOICES = [
    (VersionChoice.SENT.value, VersionChoice.SENT.label),
    (VersionChoice.STOOD.value, VersionChoice.STOOD.label),
    (BOTH, _("Both, one after the other")),
]


class Settle(forms.Form):
    """Of each field that differs, which version counts; of what is only ever added, that what stands here does."""

    def __init__(self, *args: Any, one: VersionInWords, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one = one
        for row in self._asked():
            self.fields[row.field] = radios(
                format_lazy(_("{field}: which version counts?"), field=row.name),
                [choice for choice in CHOICES if choice[0] != BOTH or row.may_have_both],
                required=_("Choose which version counts."),
            )

    def _asked(self) -> tuple[VersionField, ...]:
        return () if self.one.item.part in ONLY_ADDED else self.one.differing

    def rows(self) -> Iterator[tuple[VersionField, forms.BoundField | None]]:
        """Every field of the two versions, with the question where they differ."""
        for row in self.one.rows:
            yield row, self[row.field] if row.field in self.fields else None

    def choice(self) -> dict[str, Any]:
        """All of one version, where the same was chosen everywhere; else field by field."""
        chosen = set(self.cleaned_data.values()) or {VersionChoice.STOOD.value}
        if len(chosen) == 1 and BOTH not in chosen:
            return {"keep": chosen.pop()}
        return {"keep": VersionChoice.CHOSEN.value, "fields": self.cleaned_data}
