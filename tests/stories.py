"""States that tests start from, each reached by the real actions. A function takes what the story before it gives."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from config.demo import made_up, papers
from config.demo.answered import answer_all
from config.demo.answers import Profile, answers
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions import applications, start
from licensing.applications.actions import papers as paper_applications
from licensing.applications.models import Answer, Application
from licensing.cases.actions import assignment
from licensing.payments.actions import payments
from licensing.people_named import actions as parts
from licensing.people_named.models import Part
from registry import schemes
from registry.accounts.models import User
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

SCHEME = "gla-food"
PRINCIPAL = "Angharad Rees"
FACTS: Mapping[str, Any] = {
    "legal_name": "Dyffryn Labour Ltd",
    "legal_status": "company",
    "trading_names": ["Dyffryn Harvest"],
    "company_number": "00445790",
    "utr": "1955839661",
    "vat_registered": True,
    "vat_number": "980780684",
    "telephone": "+441632960123",
    "email": "office@dyffryn.example",
    "sectors": ["horticulture"],
    "countries_supplied": ["england", "wales"],
    "turnover": "640000",
    "worker_numbers_now": 14,
    "accommodation": False,
    "transport": False,
    "subcontracting": False,
    "signature": PRINCIPAL,
}
#: What is typed of a person in charge besides the name, the day of birth and the address.
TYPED_OF_A_PERSON: Mapping[str, str] = {
    "nationality": "Irish",
    "country_of_birth": "Ireland",
    "job_title": "Director",
    "right_to_work": "citizen",
    "ticked-own_matters": "none-of-these",
}
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "principal_authority": {"full_name": PRINCIPAL, "date_of_birth": "1979-05-14", "job_title": "Managing director"}
}
LISTS: Mapping[str, Any] = {
    "directors": [{"full_name": "Gethin Parry", "date_of_birth": "1971-02-03", "nationality": "British"}]
}


def a_profile(**facts: Any) -> Profile:
    """What the made-up applicant says of itself; `facts` differ from the usual.

    A firm of another name has numbers, a telephone, a mailbox, a house and birthdays of its own, the same for the same
    name: else it would be found to be this one come back.
    """
    name = facts.get("legal_name", FACTS["legal_name"])
    if name == FACTS["legal_name"]:
        return Profile({**FACTS, **facts}, PEOPLE, LISTS)
    random = Random(name)
    people = {role: {**said, **_of_one_person(random)} for role, said in PEOPLE.items()}
    lists = {page: [{**said, **_of_one_person(random)} for said in some] for page, some in LISTS.items()}
    return Profile({**FACTS, **_of_one_firm(random, name), **facts}, people, lists)


def _of_one_firm(random: Random, name: str) -> dict[str, Any]:
    return {
        "trading_names": [f"{name.split()[0]} Harvest"],
        "company_number": made_up.company_number(random),
        "utr": made_up.tax_reference(random),
        "vat_number": made_up.vat_number(random),
        "paye_reference": [made_up.paye_reference(random)],
        "telephone": made_up.telephone(random),
        "email": f"office@firm-{random.randrange(1_000_000)}.example",
        "address": made_up.address(random, "england"),
    }


def _of_one_person(random: Random) -> dict[str, Any]:
    return {
        "date_of_birth": made_up.birthday(random),
        "telephone": made_up.mobile(random),
        "email": f"me@home-{random.randrange(1_000_000)}.example",
        "nino": f"AA{random.randrange(1_000_000):06}C",
        "address": made_up.address(random, "england"),
    }


@remembered
def a_provider(legal_name: str = "Dyffryn Labour Ltd", *, by: User | None = None, at: datetime = NOW) -> Organisation:
    """An organisation whose file has just been opened by somebody who acts for it."""
    return organisations.open_file(legal_name=legal_name, by=by or person("applicant"), at=at)


@remembered
def a_paper_application(
    legal_name: str = "Cae Pella Labour", *, by: User | None = None, at: datetime = NOW
) -> Application:
    """What came on paper from an organisation that nobody knew before; nothing has been typed in yet but that."""
    return paper_applications.enter(
        None,
        legal_name=legal_name,
        scheme=SCHEME,
        received_on=timezone.localdate(at),
        file_reference="Paper 2026/17",
        by=by or person("case_officer"),
        at=at,
    )


@remembered
def a_paper_application_submitted(
    application: Application | None = None, *, at: datetime = NOW, **facts: Any
) -> Application:
    """Typed in whole, but for the addresses of mailboxes that the applicant has not, and handed in."""
    application = application or a_paper_application(at=at)
    typed_in(application, at=at, **facts)
    return applications.submit(application, by=application.paper.entered_by, at=at)


def typed_in(application: Application, *, at: datetime, **facts: Any) -> None:
    """All that the paper says, but for the addresses of mailboxes."""
    scheme = schemes.in_force(application.scheme, timezone.localdate(at))
    profile = a_profile(**{"legal_name": application.organisation.legal_name, **facts})
    typed = []
    for item in answers(scheme, profile):
        email = {question.key for question in scheme.form.page(item.page).questions if question.kind == "email"}
        data = {key: value for key, value in item.data.items() if key not in email}
        typed.append(PageAnswers(item.page, item.name, data, True))
    answer_all(application, typed, by=application.paper.entered_by, at=at)


def holder_of(organisation: Organisation) -> User:
    """The first of those who answer for the organisation."""
    return organisation.memberships.answering().select_related("user").order_by("pk")[0].user


@remembered
def an_application(
    organisation: Organisation | None = None,
    *,
    legal_name: str = "Dyffryn Labour Ltd",
    scheme: str = SCHEME,
    at: datetime = NOW,
) -> Application:
    """A draft in which nothing has been answered."""
    organisation = organisation or a_provider(legal_name, at=at)
    return start.start(organisation, scheme=scheme, by=holder_of(organisation), at=at)


@remembered
def an_application_answered(
    application: Application | None = None,
    *,
    profile: Profile | None = None,
    evidence: bool = True,
    at: datetime = NOW,
) -> Application:
    """A draft in which every page has been answered; it only has to be handed in. Without `evidence` no file is uploaded."""
    application = application or an_application(at=at)
    by = holder_of(application.organisation)
    scheme = schemes.in_force(application.scheme, timezone.localdate(at))
    profile = profile or a_profile(legal_name=application.organisation.legal_name)
    answer_all(application, answers(scheme, profile), by=by, at=at)
    if evidence:
        papers.hand_in(application, by=by, at=at)
    return application


@remembered
def an_application_submitted(
    organisation: Organisation | None = None,
    *,
    legal_name: str = "Dyffryn Labour Ltd",
    at: datetime = NOW,
    **facts: Any,
) -> Application:
    """Handed in and not yet paid for. `facts` differ from the usual: `accommodation=True`, `turnover="6000000"`."""
    application = an_application(organisation, legal_name=legal_name, at=at)
    profile = a_profile(**{"legal_name": application.organisation.legal_name, **facts})
    an_application_answered(application, profile=profile, at=at)
    return applications.submit(application, by=holder_of(application.organisation), at=at)


@remembered
def an_application_paid(application: Application | None = None, *, at: datetime = NOW, **story: Any) -> Application:
    """Handed in, and the whole fee has arrived. `story` goes to `an_application_submitted`."""
    application = application or an_application_submitted(at=at, **story)
    payments.record(
        application,
        amount=application.fee or Decimal(0),
        received_on=timezone.localdate(at),
        bank_reference=f"{application.payment_reference} FP",
        by=person("case_officer"),
        at=at,
    )
    return application


@remembered
def an_application_being_assessed(
    application: Application | None = None, *, case_officer: User | None = None, at: datetime = NOW, **story: Any
) -> Application:
    """Paid for, and taken in hand by a case officer."""
    application = application or an_application_paid(at=at, **story)
    return assignment.begin_assessment(application, by=case_officer or person("case_officer"), at=at)


def director_of(application: Application) -> Answer:
    """The answers about the one director of the made-up applicant."""
    return application.answers.get(page="directors")


@remembered
def a_part_sent(
    application: Application | None = None, *, address: str = "gethin@people.example", at: datetime = NOW
) -> parts.PartInvitation:
    """The director of an application that is answered but for that is to answer for themselves; printed when `address` is empty."""
    application = application or an_application_answered(at=at)
    return parts.send(
        application,
        page="directors",
        item=director_of(application).item,
        name="Gethin Parry",
        address=address,
        by=holder_of(application.organisation),
        at=at,
    )


@remembered
def a_part_answered(part: Part, *, at: datetime = NOW, **answers: Any) -> Part:
    """The person has answered all that is asked about them."""
    data = {**director_of(part.application).data, "full_name": "Gethin Parry", **answers}
    parts.answer(part, page="directors", data=data, is_complete=True, by=None, at=at)
    return Part.objects.get(pk=part.pk)


@remembered
def a_part_signed(part: Part | None = None, *, at: datetime = NOW) -> Part:
    part = a_part_answered(part or a_part_sent(at=at).part, at=at)
    return parts.sign(part, name="Gethin Parry", by=None, at=at)
