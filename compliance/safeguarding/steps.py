"""What is done with a referral, and the recording of a person that the pack asks for after it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.safeguarding.actions import concerns as concern_actions
from compliance.safeguarding.actions import follow_ups as actions
from compliance.safeguarding.actions import referrals as referral_actions
from compliance.safeguarding.forms import referrals as forms
from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.safeguarding.models.follow_ups import ReferralFollowUp
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.queries import follow_ups as queries
from compliance.safeguarding.queries import referrals
from compliance.safeguarding.queries.origins import origin
from compliance.safeguarding.rules import follow_ups as rules
from compliance.safeguarding.rules import referrals as referral_rules
from compliance.safeguarding.states import PREPARES, READS, ReferralStatus
from registry import schemes
from registry.accounts.models import User
from registry.schemes import said
from registry.steps import Step, Steps

EITHER = (PREPARES, READS)
STEP = "compliance/safeguarding/step.html"


def _correct(data: Any, referral: Referral, on: date) -> forms.Facts:
    offered = referrals.offered(schemes.get(referral.scheme, referral.version), is_child=referral.is_child)
    told = [name for name in ("nrm", "support", "outcomes", "sharing") if getattr(referral, f"told_{name}")]
    kept = {**vars(referral), "told": told}
    return forms.Facts(data, offered=offered, is_child=referral.is_child, initial=kept)


def _support(data: Any, referral: Referral, on: date) -> forms.OfferSupport:
    return forms.OfferSupport(data, services=referrals.services(referral))


def _begin(data: Any, referral: Referral, on: date) -> forms.BeginFollowUp:
    return forms.BeginFollowUp(data, codes=queries.begun_by_hand(referral))


def _who_reads_it(referral: Referral, by: User, on: date) -> Mapping[str, Any]:
    return {"careful": "" if referrals.may_read_after(referral, sent_by=by) else "unread"}


def _aftercare(referral: Referral, made: object = None) -> str:
    return f"{reverse('referral', args=[referral.reference])}#follow-ups"


def _is_answered(referral: Referral, on: date) -> bool:
    """A notification is not answered."""
    return referral.kind == "nrm"


REFERRAL = Steps(
    Referral,
    "referral",
    url="staff/referrals/<str:reference>",
    related=("organisation", "report", "inspection", "prepared_by", "read_by", "sent_by"),
    is_held=False,
    permission=READS,
    steps=(
        Step(
            "correct",
            _("Correct it"),
            press=_("Save the correction"),
            permission=PREPARES,
            form=_correct,
            typed=lambda form: {"facts": referral_rules.Facts.of(form.facts())},
            blockers=lambda one, by, on: referral_rules.prepare_again_blockers(one, by=by),
            action=referral_actions.prepare_again,
            template=STEP,
            facts=lambda one, by, on: {"careful": "closed"},
            done=_("Corrected"),
        ),
        Step(
            "identify",
            _("Write down who it is"),
            permission=PREPARES,
            blockers=lambda one, by, on: referral_rules.identify_blockers(one),
            action=referral_actions.identify,
            in_statuses=(ReferralStatus.PREPARED, ReferralStatus.RETURNED, ReferralStatus.READ),
            fits=lambda one, on: one.may_be_named,
            by_hand=True,
            done=_("Who it is was sealed"),
        ),
        Step(
            "second_read",
            _("I have read it: it can be sent"),
            blockers=lambda one, by, on: referral_rules.second_read_blockers(
                one, has_person=vault.has_person(one), by=by
            ),
            action=referral_actions.second_read,
            done=_("Read by a second person"),
        ),
        Step(
            "give_back",
            _("Give it back"),
            form=forms.GiveBack,
            blockers=lambda one, by, on: referral_rules.give_back_blockers(one, by=by),
            action=referral_actions.give_back,
            done=_("Given back"),
        ),
        Step(
            "send",
            _("Record that it has been sent"),
            blockers=lambda one, by, on: referral_rules.send_blockers(one, has_person=vault.has_person(one)),
            action=referral_actions.send,
            done=_("Sent"),
        ),
        Step(
            "send_at_once",
            _("Record that it was sent at once, in an emergency"),
            form=forms.SendAtOnce,
            blockers=lambda one, by, on: referral_rules.send_at_once_blockers(one, has_person=vault.has_person(one)),
            action=referral_actions.send_at_once,
            fits=_is_answered,
            template=STEP,
            facts=_who_reads_it,
            done=_("Sent at once, before a second person read it"),
        ),
        Step(
            "read_after",
            _("I have read what was sent"),
            blockers=lambda one, by, on: referral_rules.read_after_blockers(one, by=by),
            action=referral_actions.read_after,
            done=_("Read by a second person after it was sent"),
        ),
        Step(
            "answer",
            _("Reasonable grounds decided"),
            press=_("Record the decision"),
            form=forms.Decided,
            blockers=lambda one, by, on: referral_rules.answer_blockers(one),
            action=referral_actions.decide_reasonable_grounds,
            fits=_is_answered,
            done=_("Reasonable grounds decided"),
        ),
        Step(
            "conclude",
            _("Conclusive grounds decided"),
            press=_("Record the decision"),
            form=forms.Decided,
            blockers=lambda one, by, on: referral_rules.conclude_blockers(one),
            action=referral_actions.conclude,
            done=_("Conclusive grounds decided"),
        ),
        Step(
            "drop",
            _("Do not send it"),
            form=forms.Drop,
            action=referral_actions.drop,
            done=_("Not sent"),
        ),
        Step(
            "look",
            _("Open who it is"),
            permission=EITHER,
            action=referral_actions.look,
            fits=lambda one, on: vault.has_person(one),
            by_hand=True,
            done=_("Identity opened"),
        ),
        Step(
            "export",
            _("Take it away as a file"),
            permission=EITHER,
            action=referral_actions.export,
            by_hand=True,
            done=_("Taken away as a file"),
        ),
        Step(
            "withdraw_consent",
            _("Erase who it is"),
            permission=EITHER,
            form=forms.Withdraw,
            blockers=lambda one, by, on: referral_rules.withdraw_blockers(one),
            action=referral_actions.withdraw_consent,
            is_button=False,
            done=_("Identity erased"),
        ),
        Step(
            "offer_support",
            _("Help that was offered"),
            press=_("Record the help"),
            permission=EITHER,
            form=_support,
            action=referral_actions.offer_support,
            is_button=False,
            slug="support",
            done=_("Help offered"),
        ),
        Step(
            "begin_follow_up",
            _("Record what happened to the person"),
            press=_("Continue"),
            form=_begin,
            action=actions.begin_by_hand,
            is_button=False,
            slug="follow-ups/begin",
            kind="referralfollowup",
            verb="begin_follow_up",
            then=_aftercare,
            done=_("Follow-up begun"),
        ),
    ),
)


def _about(concern: SafeguardingConcern) -> str:
    """Which standards, where, and what a referral begins from."""
    scheme, language = schemes.get(concern.scheme, concern.version), get_language()
    titles = "; ".join(f"{code} {said(scheme.standard(code).title, language)}" for code in concern.standards)
    return f"{concern.organisation}, {concern.about}: {titles}."


def _begins(concern: SafeguardingConcern, by: User, on: date) -> Mapping[str, Any]:
    visit = origin(report="", inspection=concern.about, by=by)["inspection"]
    return {"number": concern.about if visit else concern.organisation.reference}


CONCERN = Steps(
    SafeguardingConcern,
    "concern",
    url="staff/referrals/concerns/<str:reference>",
    address_of=lambda one: reverse("referrals"),
    related=("organisation",),
    steps=(
        Step(
            "set_aside",
            _("Consider a referral"),
            press=_("Record that no one is referred"),
            permission=READS,
            form=forms.SetAside,
            about=_about,
            facts=_begins,
            action=concern_actions.set_aside,
            template="compliance/safeguarding/concern.html",
            slug="consider",
            done=_("Recorded that no one is referred"),
        ),
    ),
)


def _form(data: Any, follow_up: ReferralFollowUp, on: date) -> forms.RecordFollowUp:
    return forms.RecordFollowUp(data, answers=queries.answers_of(follow_up))


REFERRAL_FOLLOW_UP = Steps(
    ReferralFollowUp,
    "referral_follow_up",
    url="staff/referrals/<str:reference>/follow-ups/<int:number>",
    lookups={"reference": "referral__reference"},
    keys=lambda one: (one.referral.reference, one.number),
    address_of=lambda one: _aftercare(one.referral),
    related=("referral", "referral__organisation"),
    steps=(
        Step(
            "record",
            _("Record the follow-up of the referral"),
            press=_("Save"),
            permission=READS,
            form=_form,
            about=queries.title_of,
            blockers=lambda one, by, on: rules.record_blockers(one, by=by),
            action=actions.record_follow_up,
            done=_("Follow-up recorded"),
        ),
    ),
)
