"""Organisations and their files.

The ways to look at the list of organisations that everybody is offered, and what its CSV says.

What the product itself knows of a case, as a heading beside a value; whoever writes packs reads `schemes.DERIVED`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.accounts.models import User
from registry.licences.models import Licence
from registry.memberships.models import Membership
from registry.organisations.filters import OrganisationFilter
from registry.organisations.models import Fact, Organisation, Person, Role
from registry.premises.models import PlaceOfSupply, Premises
from registry.trail.queries.history import EVENTS_IN_A_FILE, TimelineEvent, history_of, in_words
from registry.trail.queries.summaries import SummaryRow

ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


def organisations(params: Mapping[str, str], *, by: User) -> OrganisationFilter:
    """The organisations that this person may see, by name."""
    rows = Organisation.objects.visible_to(by).prefetch_related("licences")
    return OrganisationFilter(params, queryset=rows)


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """All that the registry itself holds of one organisation."""

    organisation: Organisation
    roles: list[Role]
    members: list[Membership]
    premises: list[Premises]
    places_of_supply: list[PlaceOfSupply]
    licences: list[Licence]
    facts: list[Fact]
    events: list[TimelineEvent]

    @property
    def particulars(self) -> list[SummaryRow]:
        who = self.organisation
        said = {
            _("Legal name"): [who.legal_name],
            _("Trading names"): who.trading_names,
            _("Former names"): who.former_names,
            _("Kind"): [who.get_legal_status_display()],
            _("Company number"): [who.company_number],
            _("Unique Taxpayer Reference"): [who.utr],
            _("VAT number"): [who.vat_number],
            _("PAYE references"): who.paye_references,
            _("Address"): [who.address.get(line, "") for line in ADDRESS] + [_nation(who.address)],
            _("Telephone"): [who.telephone],
            _("Email address"): [who.email],
            _("Website"): [who.website],
        }
        return [SummaryRow(key, "\n".join(filter(None, lines))) for key, lines in said.items()]

    @property
    def documents(self) -> Iterable[object]:
        """Documents that are about no case: those that came with the file from another authority."""
        own = self.organisation.documents.about(self.organisation.reference).there()
        return own.select_related("uploaded_by")

    @property
    def vehicles(self) -> list[str]:
        """The registration numbers of the vehicles that carry the workers, as the holder has last stated them."""
        return next((registrations(fact.value) for fact in self.facts if fact.key == "vehicles"), [])


def registrations(stated: object) -> list[str]:
    """The registration numbers in a stated list of vehicles, in order."""
    rows = stated if isinstance(stated, list) else []
    return sorted({row["registration"] for row in rows if row.get("registration")})


def organisation_file(organisation: Organisation) -> OrganisationFile:
    """The file of an organisation. Of facts, the latest of each key, and none that bears a restriction."""
    licences = list(
        organisation.licences.prefetch_related("conditions").select_related("listing").order_by("-granted_at")
    )
    latest = {fact.key: fact for fact in organisation.facts.filter(handling={}).order_by("at", "pk")}
    return OrganisationFile(
        organisation=organisation,
        roles=sorted(
            organisation.roles.select_related("person"), key=lambda role: (bool(role.until), role.kind, role.pk)
        ),
        members=list(organisation.memberships.select_related("user").order_by("since", "pk")),
        premises=list(organisation.premises.filter(supplied_by=None).order_by("kind", "name", "pk")),
        places_of_supply=list(
            organisation.places_of_supply.select_related("premises").order_by(
                F("until").desc(nulls_first=True), "premises__name", "pk"
            )
        ),
        licences=licences,
        facts=sorted(latest.values(), key=lambda fact: fact.key),
        events=in_words(
            history_of(*_things_of(organisation, licences))[:EVENTS_IN_A_FILE], about=organisation.reference
        ),
    )


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Two people of different names with the same particulars: `what` they share, and whose file the other is in."""

    person: Person
    other: Person
    whose: str
    what: str


def same_people(organisation: Organisation, *, by: User) -> list[SamePeople]:
    """People of the organisation who share the National Insurance number, or the day of birth and the address, with somebody
    of another name, in this file or in one that this person may see.
    """
    own = list(Person.objects.filter(roles__organisation=organisation).distinct().order_by("pk"))
    numbers = [one.nino for one in own if one.nino]
    born = [one.date_of_birth for one in own if one.date_of_birth and one.address]
    # Two questions, each served by its index: together they would read everyone.
    alike_by = (Person.objects.filter(nino__in=numbers), Person.objects.filter(date_of_birth__in=born))
    others = sorted({one.pk: one for rows in alike_by for one in rows}.values(), key=lambda one: one.pk)
    pairs = (
        (one, other)
        for one in own
        for other in others
        if one.pk != other.pk and not (other in own and other.pk < one.pk)
    )
    alike = [(one, other, said) for one, other in pairs if (said := _shared(one, other))]
    whose = _whose({other.pk for _one, other, _said in alike}, by=by)
    return [SamePeople(one, other, str(whose[other.pk]), said) for one, other, said in alike if other.pk in whose]


def _whose(people: set[int], *, by: User) -> dict[int, Organisation]:
    """In whose file each of these people is, of those that this person may see: the first by number."""
    if not people:
        return {}
    roles = list(Role.objects.filter(person__in=people).select_related("organisation").order_by("-pk"))
    seen = Organisation.objects.visible_to(by).filter(pk__in={role.organisation_id for role in roles})
    allowed = set(seen.values_list("pk", flat=True))
    return {role.person_id: role.organisation for role in roles if role.organisation_id in allowed and role.person_id}


def _shared(one: Person, other: Person) -> str:
    """What the two share, in words; nothing where it is too little, or where they are one person in two files."""
    if one.full_name.casefold() == other.full_name.casefold():
        return ""
    number = bool(one.nino) and one.nino == other.nino
    birthday = one.date_of_birth is not None and one.date_of_birth == other.date_of_birth
    address = bool(one.address) and _where(one) == _where(other)
    if not (number or (birthday and address)):
        return ""
    told = ((number, _("National Insurance number")), (birthday, _("date of birth")), (address, _("address")))
    return ", ".join(words for is_so, words in told if is_so)


def _where(person: Person) -> tuple[str, str]:
    said = person.address
    return (said.get("line_1", "").casefold().strip(), said.get("postcode", "").replace(" ", "").upper())


def _nation(address: Mapping[str, str]) -> str:
    """Kept as a code; read as a name."""
    return address.get("country", "").replace("_", " ").title()


def _things_of(organisation: Organisation, licences: list[Licence]) -> list[tuple[str, str]]:
    return [
        ("organisation", organisation.reference),
        *(("licence", licence.number) for licence in licences),
        *(("condition", condition.reference) for licence in licences for condition in licence.conditions.all()),
        *{("listing", licence.listing.code) for licence in licences},
    ]


DERIVED_TITLES: Mapping[str, str | Promise] = {
    "turnover_band": gettext_lazy("Fee band of the declared turnover"),
    "nation": gettext_lazy("Nation of the organisation’s own address"),
    "renewal": gettext_lazy("Renews a licence in force"),
    "adverse_reply": gettext_lazy("Another authority has adverse information"),
    "unanswered_check": gettext_lazy("Late reply from another authority"),
    "company_gone": gettext_lazy("Missing or inactive on the companies register"),
    "on_a_list": gettext_lazy("A person or business in it may be on a list that we hold"),
    "refused_before": gettext_lazy("The organisation or a person in it was refused before"),
    "revoked_before": gettext_lazy("The organisation or a person in it lost a licence before"),
    "conditions_at_grant": gettext_lazy("Conditions were attached at grant"),
}
