"""What the snapshot of the companies register says otherwise than an application. Nothing of it decides; people see it in time."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.applications.rules.applications import ask_to_be_invited
from registry import names
from registry.companies.models import Company
from registry.errors import Reason
from registry.imports.models import Import
from registry.licences.models import Licence
from registry.premises.models import postcode_key

# The register publishes a snapshot each month: two months on, an edition is no longer what the register says now.
FRESH_DAYS = 62
# The question under which what is taken over is kept: every form asks it.
LEGAL_NAME = "legal_name"
# Of an address; the county and a second line may be left out.
NEEDED = ("line_1", "town", "postcode", "country")


def is_fresh(edition: Import, *, today: date) -> bool:
    return edition.edition_on is not None and (today - edition.edition_on).days <= FRESH_DAYS


def take_over_blockers(
    edition: Import | None, company: Company | None, *, nation: str, held: Licence | None = None, today: date
) -> Iterator[Reason]:
    """Why what the register says is not taken over: it has no such company, or not any more, or is too old to say so.

    `held` is the licence of another organisation with this number.
    """
    if edition is None or company is None or not is_fresh(edition, today=today):
        text = _("The companies register has no company with this number. Check it, or answer by hand.")
        yield Reason("not_in_register", text, "number")
    elif company.gone_since is not None:
        gone = gettext("The company is not in the register any more since %s. Answer by hand.")
        yield Reason("company_gone", gone % _in_words(company.gone_since), "number")
    elif held is not None:
        yield Reason("licensed_number", ask_to_be_invited(held), "number")
    elif not (company.address.get("country") or nation):
        yield Reason("no_nation", _("Choose where the registered office is."), "nation")


def particulars(company: Company, *, nation: str) -> dict[str, Any]:
    """What the register answers, by the keys of the form. An address that lacks something is asked."""
    address = {**company.address, "country": company.address.get("country") or nation}
    said = {
        COMPANY_NUMBER: company.number,
        LEGAL_NAME: company.name,
        "former_names": [name for name, _until in company.previous_names],
        "registered_on": company.incorporated_on.isoformat() if company.incorporated_on else "",
        "address": address if all(address.get(part) for part in NEEDED) else {},
    }
    return {key: value for key, value in said.items() if value or key == "former_names"}


def differences(company: Company, stated: Mapping[str, Any]) -> Iterator[Reason]:
    """Each thing that the snapshot says otherwise than what was stated, by key; what was not stated is not compared."""
    yield from _of_standing(company)
    yield from _of_name(company, str(stated.get("legal_name", "")))
    yield from _of_former_names(company, stated)
    yield from _of_address(company, stated.get("address") or {})
    yield from _of_day(company, str(stated.get("registered_on", "")))


def unconfirmed_blockers(number: str, *, is_missing: bool, confirmed: str, page: str) -> Iterator[Reason]:
    """A number that a fresh snapshot does not have is mistyped, or very new: the applicant says which."""
    if is_missing and confirmed != number:
        text = gettext(
            "The companies register has no company with the number %s. Correct it, or confirm that it is right."
        )
        yield Reason("company_not_found", text % number, page)


def _of_standing(company: Company) -> Iterator[Reason]:
    if company.gone_since is not None:
        text = gettext("The company is not in the register any more since %s. It is presumed dissolved.")
        yield Reason("gone", text % _in_words(company.gone_since))
    elif not company.is_active:
        yield Reason("status", gettext("The register says of the company: %s.") % company.status)


def _of_name(company: Company, stated: str) -> Iterator[Reason]:
    if not stated or names.squash(stated) == names.squash(company.name):
        return
    said = {"name": company.name, "stated": stated}
    ended = next((until for name, until in company.previous_names if names.squash(name) == names.squash(stated)), None)
    if ended:
        said["day"] = _in_words(date.fromisoformat(ended))
        text = gettext("The company was called “%(stated)s” until %(day)s. Its name is now “%(name)s”.")
        yield Reason("former_name", text % said)
    else:
        yield Reason("name", gettext("The name in the register is “%(name)s”. You gave “%(stated)s”.") % said)


def _of_former_names(company: Company, stated: Mapping[str, Any]) -> Iterator[Reason]:
    """Whoever was not asked for former names, or gave the former name as the present one, has not kept one back."""
    if "legal_name" not in stated:
        return
    given = " ".join(names.fold(str(name)) for name in (stated["legal_name"], *(stated.get("former_names") or ())))
    for name, _until in company.previous_names:
        if names.fold(name) not in given:
            yield Reason(
                "former_name_missing", gettext("It was called “%s” before. You did not give that name.") % name
            )


def _of_address(company: Company, stated: Mapping[str, str]) -> Iterator[Reason]:
    here, there = postcode_key(company.address.get("postcode", "")), postcode_key(stated.get("postcode", ""))
    if here and there and here != there:
        said = {"office": company.address["postcode"], "stated": stated["postcode"]}
        text = gettext(
            "The registered office is at %(office)s. You gave an address at %(stated)s; leave it if you work from there."
        )
        yield Reason("address", text % said)


def _of_day(company: Company, stated: str) -> Iterator[Reason]:
    if not stated or company.incorporated_on is None or stated == company.incorporated_on.isoformat():
        return
    text = gettext("It was incorporated on %s. You gave another date of registration.")
    yield Reason("incorporated", text % _in_words(company.incorporated_on))


def _in_words(day: date) -> str:
    return date_format(day, "j F Y")
