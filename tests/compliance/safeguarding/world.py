"""People who may be victims, in every state that a referral has, by the real actions."""

from typing import Any

from compliance.safeguarding.actions import referrals as safeguarding
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.rules.referrals import Facts
from registry import schemes
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.compliance.stories import SCHEME, an_organisation
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

TODAY = NOW.date()
# Found nowhere but in the vault.
IDENTITY = {
    "name": "Ilinca Wrenfield",
    "date_of_birth": "3 February 1999",
    "contact": "07700 900654, not at night",
    "suspects": "Bodo Finchley, who drives the white van",
    "others": "",
}
CANARIES = ("Wrenfield", "wrenfield", "900654", "Finchley", "finchley")
WHY = "To tell the competent authority."


def facts(consent: str = "given", **more: Any) -> Facts:
    child = consent == "child"
    given = consent == "given"
    return Facts(
        **{
            "is_child": child,
            "consent": consent,
            "gender": "female",
            "age_band": "under_16" if child else "from_25_to_34",
            "child_then": "yes" if child else "no",
            "slavery": True,
            "trafficking": False,
            "natures": ["forced_labour"],
            "country": "GB",
            "region": "wales",
            "police_told": True,
            "police_area": "gwent",
            "police_force": "gwent",
            "nationality": "RO",
            "told_nrm": given,
            "told_support": given,
            "told_outcomes": given,
            "told_sharing": given,
            "in_own_language": given,
            "consented_on": TODAY if given else None,
            **more,
        }
    )


def posted(consent: str, **more: Any) -> dict[str, Any]:
    """What a browser posts for a referral."""
    return {
        "kind": "notify" if consent == "refused" else "nrm",
        "consent": consent,
        "gender": "female",
        "age_band": "from_25_to_34",
        "child_then": "no",
        "nationality": "RO",
        "slavery": "on",
        "natures": ["forced_labour"],
        "country": "GB",
        "region": "wales",
        "police_area": "gwent",
        "police_force": "gwent",
        **more,
    }


@remembered
def a_referral(
    consent: str = "given",
    *,
    kind: str = "",
    by: User | None = None,
    organisation: Organisation | None = None,
    **more: Any,
) -> Referral:
    return safeguarding.prepare(
        kind=kind or ("notify" if consent == "refused" else "nrm"),
        facts=facts(consent, **more),
        scheme=schemes.in_force(SCHEME, TODAY),
        organisation=organisation or an_organisation(),
        by=by or person("inspector"),
        at=NOW,
    )


@remembered
def a_referral_identified(consent: str = "given", *, by: User | None = None, **more: Any) -> Referral:
    by = by or person("inspector")
    return safeguarding.identify(a_referral(consent, by=by, **more), identity=IDENTITY, by=by, at=NOW)


@remembered
def a_referral_read(consent: str = "given", *, lead: User | None = None, **more: Any) -> Referral:
    made = a_referral(consent, **more) if consent == "refused" else a_referral_identified(consent, **more)
    return safeguarding.second_read(made, by=lead or person("safeguarding_lead"), at=NOW)


@remembered
def a_referral_sent(consent: str = "given", *, lead: User | None = None, **more: Any) -> Referral:
    lead = lead or person("safeguarding_lead")
    return safeguarding.send(a_referral_read(consent, lead=lead, **more), by=lead, at=NOW)
