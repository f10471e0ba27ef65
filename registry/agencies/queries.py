"""Other authorities, for whoever says how they are asked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import schemes
from registry.agencies.models import Agency
from registry.organisations.queries import ADDRESS
from registry.schemes import GuardedKind, Scheme, said
from registry.trail.queries.summaries import SummaryRow


def agencies() -> "QuerySet[Agency]":
    """Every other authority, those that are asked now first, with the checks each answers and its people."""
    return Agency.objects.prefetch_related("remits", "people").order_by(F("closed_at").desc(nulls_first=True), "name")


def guards(on: date) -> list[GuardedKind]:
    """The kinds of authorities that are guarded on this day, by the schemes in force, each once."""
    found = dict[str, GuardedKind]()
    for scheme in schemes.all_in_force(on):
        for kind in scheme.guarded:
            found.setdefault(kind.code, kind)
    return list(found.values())


def guarded_code(guards: Iterable[GuardedKind], *, name: str, remits: Iterable[tuple[str, str]]) -> str:
    """The guarded kind of an authority of this name that answers these checks; empty where it is of none."""
    codes = {code for _scheme, code in remits}
    return next((kind.code for kind in guards if kind.has_name(name) or codes & set(kind.checks)), "")


def guarded_kind(agency: Agency, on: date) -> GuardedKind | None:
    """The guarded kind of this authority: as it is kept, or as its name and its checks say now."""
    kinds = guards(on)
    code = agency.guarded_as or guarded_code(kinds, name=agency.name, remits=remits_of(agency))
    return next((kind for kind in kinds if kind.code == code), None)


def scheme_of(kind: GuardedKind, on: date) -> Scheme:
    """The scheme in force whose kind it is: the first that has it."""
    return next(scheme for scheme in schemes.all_in_force(on) if any(one.code == kind.code for one in scheme.guarded))


def guarded_agencies(on: date) -> list[Agency]:
    """Those that can be asked now and are of a guarded kind, by name."""
    asked = Agency.objects.asked_now().prefetch_related("remits").order_by("name")
    return [agency for agency in asked if guarded_kind(agency, on)]


def remits_of(agency: Agency) -> list[tuple[str, str]]:
    return [(remit.scheme, remit.code) for remit in agency.remits.all()]


def guard_choices(on: date) -> list[tuple[str, str]]:
    return [(kind.code, said(kind.title, get_language())) for kind in guards(on)]


def checks_of_packs() -> dict[str, str]:
    """What authorities can be asked, by "scheme/code": every check of every version, called as in the newest."""
    found = {}
    for name in schemes.names():
        for version in schemes.versions(name):
            scheme = schemes.get(name, version)
            for one in scheme.checks:
                words = (said(scheme.title, get_language()), said(one.authority, get_language()))
                found[f"{name}/{one.code}"] = f"{words[0]}: {words[1]}, {said(one.title, get_language())}"
    return dict(sorted(found.items()))


def agency_in_words(agency: Agency, on: date) -> list[SummaryRow]:
    """How an authority is asked, for its page."""
    titles = checks_of_packs()
    answers = [titles.get(str(remit), str(remit)) for remit in agency.remits.order_by("scheme", "code")]
    guarded = dict(guard_choices(on)).get(agency.guarded_as, "")
    said_of_it = {
        _("Kind"): [agency.get_kind_display()],
        _("How it is asked"): [agency.get_way_display()],
        _("Email address"): [agency.email],
        _("Address"): [agency.address.get(line, "") for line in ADDRESS],
        _("Power or agreement"): [agency.basis],
        _("Checks it answers"): answers,
        _("Guarded kind"): [guarded],
        _("Public key"): [agency.public_key],
    }
    return [SummaryRow(key, "\n".join(filter(None, lines))) for key, lines in said_of_it.items() if any(lines)]
