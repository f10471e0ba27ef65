"""A world in which every page can be opened by someone who has something to do on it, and the list of those pages."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command

from registry.accounts.models import User
from tests.journeys.every_page.of_authority import of_the_rest
from tests.journeys.every_page.of_businesses import of_employer, of_labour_user, of_those_who_act
from tests.journeys.every_page.of_cases import of_licensing
from tests.journeys.every_page.of_inspections import of_inspections, of_targeting
from tests.journeys.every_page.of_reports import of_enforcement, of_referrals, of_reports
from tests.journeys.every_page.of_visitors import half_way, own_account, public, with_passkeys
from tests.journeys.every_page.views import PARTNER, PASSWORD, SNAPSHOT, View
from tests.passkeys import a_passkey
from tests.people import person
from tests.registry.stories import with_proved_address
from tests.remembered import remembered


@dataclass(frozen=True, slots=True)
class World:
    people: dict[str, User]
    views: tuple[View, ...]


@remembered
def build() -> World:
    people = {role: person(role, password=PASSWORD) for role in ROLES if role != "partner_agency"}
    people["partner_agency"] = person("partner_agency", password=PASSWORD, email=PARTNER)
    people["no_factor"] = person("case_officer")
    people["has_factor"] = person("applicant", password=PASSWORD)
    EmailAddress.objects.create(
        user=people["has_factor"], email=people["has_factor"].email, verified=True, primary=True
    )
    people["officer_with_factor"] = person("case_officer")
    people["has_passkey"], people["has_password"] = (person("applicant", password=PASSWORD) for _who in range(2))
    for name in ("has_passkey", "has_password"):
        with_proved_address(people[name])
    a_passkey(people["has_passkey"])
    for name in ("has_factor", "officer_with_factor"):
        TOTP.activate(people[name], generate_totp_secret())
        RecoveryCodes.activate(people[name])
    views = [
        *public(),
        *half_way(people["has_factor"].email),
        *with_passkeys(people["has_passkey"].email, people["has_password"].email),
        *own_account(),
        *of_employer(people["applicant"]),
        *of_those_who_act(people["applicant"]),
        *of_licensing(people["applicant"]),
        *of_labour_user(people["labour_user"]),
    ]
    views += [
        *of_inspections(people),
        *of_targeting(people),
        *of_reports(people),
        *of_referrals(people),
        *of_enforcement(people),
        *of_the_rest(people),
    ]
    # Last: a snapshot has none of the made-up companies, and would have each of them confirmed before it is handed in.
    call_command("import_companies", str(SNAPSHOT), verbosity=0)
    return World(people, tuple(views))


ROLES = (
    "applicant",
    "labour_user",
    "case_officer",
    "decision_maker",
    "inspector",
    "quality_reviewer",
    "intelligence_analyst",
    "manager",
    "auditor",
    "people_administrator",
    "safeguarding_lead",
    "source_handler",
    "partner_agency",
    "independent_reviewer",
)
