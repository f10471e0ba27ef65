"""Other authorities, for whoever says how they are asked."""

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import schemes
from registry.agencies.models import Agency
from registry.organisations.queries import ADDRESS
from registry.schemes import said
from registry.trail.queries.history import SummaryRow


def agencies() -> "QuerySet[Agency]":
    """Every other authority, those that are asked now first, with the checks each answers and its people."""
    return Agency.objects.prefetch_related("remits", "people").order_by(F("closed_at").desc(nulls_first=True), "name")


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


def agency_in_words(agency: Agency) -> list[SummaryRow]:
    """How an authority is asked, for its page."""
    titles = checks_of_packs()
    answers = [titles.get(str(remit), str(remit)) for remit in agency.remits.order_by("scheme", "code")]
    said_of_it = {
        _("Kind"): [agency.get_kind_display()],
        _("How it is asked"): [agency.get_way_display()],
        _("Email address"): [agency.email],
        _("Address"): [agency.address.get(line, "") for line in ADDRESS],
        _("Power or agreement"): [agency.basis],
        _("Checks it answers"): answers,
        _("Public key"): [agency.public_key],
    }
    return [SummaryRow(key, "\n".join(filter(None, lines))) for key, lines in said_of_it.items() if any(lines)]
