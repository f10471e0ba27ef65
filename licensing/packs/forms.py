"""Which version of which scheme, in which language, a letter is to be read.

Which two versions are put side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from registry.schemes import Scheme, said


class Version(forms.Form):
    """Chosen in the address, so that a preview can be passed on; what is not offered is as if nothing were chosen."""

    def __init__(self, asked: Mapping[str, Any], *, versions: Sequence[Scheme], first: Scheme, spoken: str) -> None:
        self.versions = {f"{one.name}/{one.version.isoformat()}": one for one in versions}
        self.version = self.versions.get(str(asked.get("version", "")), first)
        languages = ["en", *sorted(self.version.translation)]
        wanted = str(asked.get("language", "")) or spoken
        self.language = wanted if wanted in languages else "en"
        super().__init__(
            initial={"version": f"{self.version.name}/{self.version.version.isoformat()}", "language": self.language}
        )
        named = get_language() or "en"
        self.fields["version"] = forms.ChoiceField(
            label=_("Version of the scheme"),
            choices=[
                (key, f"{said(one.title, named)}, {one.version.isoformat()}") for key, one in self.versions.items()
            ],
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"), choices=[(code, get_language_info(code)["name_local"]) for code in languages]
        )


class Comparison(forms.Form):
    """Chosen in the address, so that a comparison can be passed on; what is not offered is as if nothing were chosen."""

    def __init__(self, asked: Mapping[str, Any], *, versions: Sequence[Scheme]) -> None:
        """`versions` are offered in this order; without a choice the first of them is compared with the one after it."""
        offered = {f"{one.name}/{one.version.isoformat()}": one for one in versions}
        new, old = versions[0], versions[min(1, len(versions) - 1)]
        self.old = offered.get(str(asked.get("old", "")), old)
        self.new = offered.get(str(asked.get("new", "")), new)
        super().__init__(initial={"old": _address(self.old), "new": _address(self.new)})
        choices = [(address, str(one)) for address, one in offered.items()]
        self.fields["old"] = forms.ChoiceField(label=_("Version"), choices=choices)
        self.fields["new"] = forms.ChoiceField(label=_("Compared with"), choices=choices)


def _address(scheme: Scheme) -> str:
    return f"{scheme.name}/{scheme.version.isoformat()}"
