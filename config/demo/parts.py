"""Who is in the sample data: how many firms end where, and since when. Days are counted back from the day of loading."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.models import Group
from django.utils import timezone

from config.demo import casting as stories
from config.demo import made_up
from config.demo.people import COLLEAGUES, person
from registry import schemes
from registry.accounts.models import User

# What becomes of a firm → how many of them, and how many days ago they began, at least and at most.
PROVIDERS: dict[str, tuple[int, int, int]] = {
    "licensed": (8, 60, 330),
    "with_conditions": (3, 70, 100),
    "condition_seen_met": (2, 70, 100),
    "condition_failed": (1, 160, 170),
    "condition_to_vary": (1, 70, 100),
    "expired": (3, 460, 700),
    "revoked": (3, 150, 330),
    "revocation_to_come": (2, 112, 120),
    "suspended": (2, 125, 135),
    "surrendered": (2, 200, 330),
    "transfer_asked": (1, 110, 130),
    "transfer_refused": (1, 150, 200),
    "renewable": (2, 350, 356),
    "renewal_in_hand": (1, 366, 372),
    "renewed": (2, 420, 700),
}
APPLICATIONS: dict[str, tuple[int, int, int]] = {
    "draft": (3, 3, 20),
    "submitted": (3, 3, 8),
    "paid": (2, 6, 12),
    "checks_out": (3, 8, 18),
    "adverse": (2, 26, 40),
    "asked": (3, 26, 34),
    "answered": (2, 32, 40),
    "inspection_commissioned": (2, 26, 34),
    "inspection_reported": (1, 33, 40),
    "inspection_returned": (1, 36, 45),
    "inspection_confirmed": (2, 36, 45),
    "proposed": (2, 38, 50),
    "refusal_notified": (1, 38, 40),
    "refused": (2, 70, 200),
    "withdrawn": (1, 30, 90),
}
# A second scheme, in force for some weeks: nobody in it can have gone further than a first licence.
YOUNG: dict[str, tuple[int, int, int]] = {
    "licensed": (4, 41, 46),
    "with_conditions": (2, 44, 46),
    "draft": (1, 3, 10),
    "submitted": (1, 3, 8),
    "checks_out": (1, 8, 18),
    "inspection_commissioned": (1, 26, 34),
}
ADVERSE = frozenset(
    {
        "revoked",
        "revocation_to_come",
        "suspended",
        "with_conditions",
        "condition_seen_met",
        "condition_failed",
        "condition_to_vary",
        "adverse",
        "refused",
        "refusal_notified",
        "inspection_reported",
        "inspection_returned",
        "inspection_confirmed",
    }
)
# The firms of the two sample employers: one of each kind that there is something to do for.
SAMPLE_FIRMS = {
    "applicant": ("with_conditions", "draft", "asked", "submitted", "renewable"),
    "other-employer": ("licensed", "revocation_to_come", "refusal_notified"),
}
LAST_HOUR = timedelta(hours=1)


def cast(scheme: str) -> stories.Cast:
    return stories.Cast(
        scheme=scheme,
        case_officer=person("case-officer"),
        second_case_officer=person("second-case-officer"),
        decision_maker=person("decision-maker"),
        inspector=person("inspector"),
        quality=person("quality"),
        partner=person("partner"),
    )


def let_colleagues_in(at: datetime) -> None:
    """The others of the authority, with no address where a code could be sent: nobody signs in as one of them."""
    for address, role, name in COLLEAGUES:
        if not User.objects.filter(email=address).exists():
            colleague = User.objects.create_user(address, name=name, joined_at=at)
            colleague.groups.add(Group.objects.get(name=role))


def cast_of_colleagues(scheme: str, random: Random) -> stories.Cast:
    """Others of the authority, who have the cases that the sample people have not."""

    def colleague(role: str, other_than: User | None = None) -> User:
        held = User.objects.filter(groups__name=role, email__in=[address for address, _role, _name in COLLEAGUES])
        return random.choice([user for user in held.order_by("email") if user != other_than])

    case_officer = colleague("case_officer")
    return stories.Cast(
        scheme=scheme,
        case_officer=case_officer,
        second_case_officer=colleague("case_officer", other_than=case_officer),
        decision_maker=colleague("decision_maker"),
        inspector=colleague("inspector"),
        quality=colleague("quality_reviewer"),
    )


def parts(
    plan: dict[str, tuple[int, int, int]], random: Random, *, scheme: str, at: datetime, for_samples: bool = True
) -> Iterator[stories.StoryPart]:
    """The firms of a plan, each with a user to act for it; some of them the sample employers, if this plan is for them."""
    sectors = [sector.code for sector in schemes.in_force(scheme, timezone.localdate(at)).sectors]
    number = User.objects.count()
    for ends, (how_many, at_least, at_most) in plan.items():
        for nth in range(how_many):
            number += 1
            drawn = made_up.firm(random, number, scheme=scheme, sectors=sectors, invented_place=ends in ADVERSE)
            firm = replace(drawn, profile=replace(drawn.profile, has_its_own=True))
            began = (at - LAST_HOUR - random.randint(at_least, at_most) * stories.DAY).replace(
                hour=9, minute=number % 60
            )
            user = _sample_person(ends) if for_samples and nth == 0 else None
            yield stories.StoryPart(firm, user or user_of(firm, at=began), began, ends)


def _sample_person(ends: str) -> User | None:
    for local_part, ways in SAMPLE_FIRMS.items():
        if ends in ways:
            return person(local_part)
    return None


def user_of(firm: made_up.Firm, *, at: datetime) -> User:
    """Who acts for the firm: without a password, and without an address where a code could be sent."""
    user = User.objects.create_user(firm.email, name=firm.principal, joined_at=at)
    user.groups.add(Group.objects.get(name="applicant"))
    return user
