"""One kind of letter, with what a sample of it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from licensing.packs.letters.whens import AT_ONCE
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter. What the pack words has its title from there; ours has its own, unless it bears words of the pack."""

    code: str
    to: str | Promise
    title: str | Promise = ""
    template: str = ""
    facts: Mapping[str, Any] | None = None
    when: str | Promise = AT_ONCE

    @property
    def is_of_pack(self) -> bool:
        return not self.template

    @property
    def wording(self) -> str:
        """Whose words of the pack it bears, if any."""
        return self.code if self.is_of_pack else str((self.facts or {}).get("wording", ""))

    def title_in(self, scheme: Scheme, language: str) -> str:
        if self.wording:
            return said(scheme.letter(self.wording).title, language)
        with translation.override(language):
            return str(self.title)
