"""What was changed in how we work, and from which day: new versions of the rules, and the targets that they set."""

from collections.abc import Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from registry import schemes
from registry.editions.queries.declaring import in_languages
from registry.schemes import Scheme, said
from registry.schemes.targets import Aim
from registry.service_figures.queries.making import ServiceChange

AIMS: dict[Aim, Promise] = {"decide": gettext_lazy("Decision"), "begin": gettext_lazy("Start of assessment")}


def changes(day: date) -> Iterator[ServiceChange]:
    """Each version of the rules of a scheme from the day on which it holds, and the targets that it changed."""
    for name in schemes.names():
        before: Scheme | None = None
        for version in (one for one in schemes.versions(name) if one <= day):
            scheme = schemes.get(name, version)
            yield ServiceChange(
                version, in_languages(_NewVersion(scheme)), in_languages(_TargetsChanged(scheme, before))
            )
            before = scheme


class _NewVersion:
    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __call__(self) -> str:
        return _("New version of the rules: %(scheme)s") % {"scheme": said(self.scheme.title, get_language())}


class _TargetsChanged:
    """Which targets differ from those of the version before; nothing where none does."""

    def __init__(self, scheme: Scheme, before: Scheme | None) -> None:
        self.scheme, self.before = scheme, before

    def __call__(self) -> str:
        return " ".join(self._changed(aim) for aim in AIMS if self._was(aim) != self.scheme.target(aim))

    def _was(self, aim: Aim) -> int | None:
        return self.before.target(aim) if self.before else None

    def _changed(self, aim: Aim) -> str:
        now, was = self.scheme.target(aim), self._was(aim)
        if now is None:
            return _("%(what)s: no target any more.") % {"what": AIMS[aim]}
        target = ngettext("target of %(days)s working day", "target of %(days)s working days", now) % {"days": now}
        if was is None:
            return _("%(what)s: %(target)s.") % {"what": AIMS[aim], "target": target}
        return _("%(what)s: %(target)s, before %(was)s.") % {"what": AIMS[aim], "target": target, "was": was}
