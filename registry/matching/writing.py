"""Keeping what a file is known again by, in the transaction of the action that changes the file."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from django.db import transaction

from registry.accounts.models import User
from registry.companies.models import Company
from registry.matching import match_keys as traits
from registry.matching.models import Trait
from registry.memberships.models import Membership
from registry.organisations.models import Fact, Organisation, Person, Role
from registry.premises.models import Premises
from registry.trail.models.events import Event
from registry.trail.models.rows import insert

_COLUMNS = ("organisation_id", "person_id", "kind", "key")
_FILES = 500
#: Kind and key, as a row has them.
_Kept = tuple[int, int]
# What the trail keeps of the particulars that an organisation had before.
_VERBS = ("open_file", "update")


def note_organisation(organisation: Organisation) -> None:
    """The organisation has these particulars now. Former ones are kept: who moves away is known by where they were."""
    _add(organisation, traits.of_organisation(organisation))


def note_person(organisation: Organisation, person: Person) -> None:
    """The person stands behind the organisation with these particulars; what they were before is forgotten."""
    wanted = _kept(traits.of_person(person))
    rows = Trait.objects.filter(organisation=organisation, person=person)
    known = {(kind, key): pk for pk, kind, key in rows.values_list("pk", "kind", "key")}
    Trait.objects.filter(pk__in=[pk for kept, pk in known.items() if kept not in wanted]).delete()
    _create(organisation, wanted - set(known), person)


def note_account(organisation: Organisation, user: User) -> None:
    """Somebody of the organisation acts for it here. An agent acts for many, and says nothing of any."""
    _add(organisation, traits.of_account(user.email))


def note_facts(organisation: Organisation, facts: Mapping[str, Any]) -> None:
    """These facts were written down of the organisation."""
    _add(organisation, traits.of_facts(facts))


def note_premises(organisation: Organisation, premises: Iterable[Premises]) -> None:
    """These places of its own stand in the file of the organisation."""
    _add(organisation, {trait for place in premises for trait in traits.address_of(place.address)})


def note_companies(organisations: Iterable[Organisation]) -> None:
    """What the newest snapshot of the companies register says of these organisations: where, and what they were called."""
    files = {one.pk: one for one in organisations}
    for organisation, company in _companies(files.values()):
        _add(files[organisation], _of_company(company))


def _of_company(company: Company) -> set[traits.Trait]:
    called = [company.name, *(name for name, _until in company.previous_names)]
    return traits.names_of(called) | traits.address_of(company.address)


def _add(organisation: Organisation, found: Collection[traits.Trait]) -> None:
    wanted = _kept(found)
    if wanted:
        known = Trait.objects.filter(organisation=organisation, person=None, key__in=[key for _kind, key in wanted])
        _create(organisation, wanted - set(known.values_list("kind", "key")))


def _create(organisation: Organisation, kept: Iterable[_Kept], person: Person | None = None) -> None:
    Trait.objects.bulk_create(
        Trait(organisation=organisation, person=person, kind=kind, key=key) for kind, key in sorted(kept)
    )


def _kept(found: Iterable[traits.Trait]) -> set[_Kept]:
    return {(int(trait[0]), traits.key(trait)) for trait in found}


# --- all of it anew


def is_written() -> bool:
    """Whether there is anything, if there is any file: a new version finds files and nothing noted of them."""
    return Trait.objects.exists() or not Organisation.objects.exists()


@transaction.atomic
def rebuild() -> int:
    """Write all anew from the files, the facts and the trail; how many rows. Readers see the old ones until it is done."""
    Trait.objects.all()._raw_delete(Trait.objects.db)
    return sum(add_files(part) for part in _parts())


def add_files(organisations: Collection[int]) -> int:
    """Write down by what these files are known again, of which nothing is noted yet; how many rows."""
    found = _gathered(organisations)
    rows = [(*whose, kind, key) for whose, one in found.items() for kind, key in sorted(_kept(one))]
    insert(Trait, rows, of=_COLUMNS)
    return len(rows)


def _parts() -> Iterator[list[int]]:
    last = 0
    while part := list(Organisation.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_FILES]):
        yield part
        last = part[-1]


#: Whose something is: an organisation's, or a person's who stands behind it.
_Whose = tuple[int, int | None]


def _gathered(organisations: Collection[int]) -> dict[_Whose, set[traits.Trait]]:
    """By what these files are known again, read from all that the registry holds of them, a table at a time."""
    found: dict[_Whose, set[traits.Trait]] = defaultdict(set)
    files = {one.pk: one for one in Organisation.objects.filter(pk__in=organisations)}
    for whose, some in chain(_of_files(files), _of_people(organisations), _written_down(organisations)):
        found[whose] |= some
    return found


_Piece = tuple[_Whose, set[traits.Trait]]


def _of_files(files: Mapping[int, Organisation]) -> Iterator[_Piece]:
    """The particulars, as they are and as they have been, and what the companies register says."""
    for organisation, one in files.items():
        yield (organisation, None), traits.of_organisation(one)
    for organisation, said in _former(files.values()):
        yield (organisation, None), traits.of_particulars(said)
    for organisation, company in _companies(files.values()):
        yield (organisation, None), _of_company(company)


def _of_people(organisations: Collection[int]) -> Iterator[_Piece]:
    """Whoever has or had a role."""
    roles = Role.objects.filter(organisation__in=organisations, person__isnull=False)
    for role in roles.select_related("person"):
        if role.person:
            yield (role.organisation_id, role.person.pk), traits.of_person(role.person)


def _written_down(organisations: Collection[int]) -> Iterator[_Piece]:
    """Facts, but for those that may not be handled freely; who acts for it here; and places of its own."""
    own = {"organisation__in": organisations}
    for fact in Fact.objects.filter(**own, key__in=traits.FACTS, handling={}):
        yield (_pk(fact.organisation_id), None), traits.of_facts({fact.key: fact.value})
    acting = Membership.objects.filter(**own).exclude(kind=Membership.Kind.AGENT)
    for organisation, email in acting.values_list("organisation", "user__email"):
        yield (organisation, None), traits.of_account(email)
    for place in Premises.objects.filter(**own, supplied_by=None):
        yield (_pk(place.organisation_id), None), traits.address_of(place.address)


def _pk(organisation: int | None) -> int:
    assert organisation is not None, "it was looked for by the organisation"
    return organisation


def _former(files: Iterable[Organisation]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What the trail says that the particulars have been."""
    by_reference = {one.reference: one.pk for one in files}
    events = Event.objects.filter(kind="organisation", reference__in=list(by_reference), verb__in=_VERBS)
    for reference, said in events.values_list("reference", "facts"):
        yield by_reference[reference], said


def _companies(files: Iterable[Organisation]) -> Iterator[tuple[int, Company]]:
    by_number: dict[str, list[int]] = defaultdict(list)
    for one in files:
        if one.company_number:
            by_number[one.company_number].append(one.pk)
    for company in Company.objects.of_newest_edition().filter(number__in=list(by_number)) if by_number else ():
        yield from ((organisation, company) for organisation in by_number[company.number])
