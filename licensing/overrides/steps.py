"""What people do about the override of a reply: propose it, agree or refuse as a second person, read it for the authority."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.checks.models import Check
from licensing.checks.steps import about_case
from licensing.overrides import actions, forms, queries, rules
from licensing.overrides.models import ReplyOverride
from licensing.overrides.states import ANSWERS, NOT_AGREED, RECORDS
from registry.form_fields import Because
from registry.refusals.steps import reading_step
from registry.steps import Step, Steps

RELATED = ("asked__application__organisation", "asked__change__licence__organisation", "asked__agency")
PAGE = "licensing/overrides/step.html"


#: The reply of an authority to a check. Its page is that of the check.
REPLY = Steps(
    Check,
    "reply",
    url="staff/checks/<str:asked>",
    lookups={"asked": "reference"},
    page="staff_check",
    related=("application__organisation", "change__licence__organisation", "agency"),
    rows=lambda user: Check.objects.open_to(user),
    locks_first=lambda check: (check.case,),
    unchanged_by=frozenset({"ask_agency", "remind_agency", "sanitise_reply", "release_reply"}),
    heading="licensing/parts/officer_heading.html",
    facts=about_case,
    steps=(
        Step(
            "override",
            _("Override this reply"),
            press=_("Propose the override"),
            permission=RECORDS,
            form=forms.Propose,
            about=_(
                "The authority gave this reply itself. Another person must agree before the result changes. Then the authority is "
                "told, and your names and the reason are shown with the result."
            ),
            blockers=lambda check, by, on: rules.begin_blockers(check, by=by),
            action=actions.propose_override,
            kind="replyoverride",
            done=_("Override of a reply proposed"),
            then=lambda check, override: reverse("staff_override", args=[override.reference]),
        ),
    ),
)


OVERRIDE = Steps(
    ReplyOverride,
    "override",
    url="staff/overrides/<str:reference>",
    page="staff_override",
    related=(*RELATED, "reply__recorded_by", "proposed_by", "ended_by"),
    locks_first=lambda override: (override.asked.case, override.asked),
    heading="licensing/parts/officer_heading.html",
    facts=lambda override: about_case(override.asked),
    permission=RECORDS,
    steps=(
        Step(
            "agree",
            _("Agree to the override"),
            press=_("Agree"),
            about=_("The check gets the proposed result at once, under both your names. The authority is told."),
            blockers=lambda override, by, on: rules.agree_blockers(override, by=by),
            action=actions.agree_override,
            template=PAGE,
            facts=lambda override, by, on: {"file": queries.override_file(override, by=by)},
            previews=True,
            style="",
            done=_("Override of a reply agreed"),
        ),
        Step(
            "refuse",
            _("Refuse the override"),
            press=_("Refuse"),
            form=Because,
            about=_("The reply of the authority stays. The person who proposed the override reads your reason."),
            blockers=lambda override, by, on: rules.refuse_blockers(override, by=by),
            action=actions.refuse_override,
            template=PAGE,
            facts=lambda override, by, on: {"file": queries.override_file(override, by=by)},
            done=_("Override of a reply refused"),
        ),
        Step(
            "withdraw",
            _("Withdraw the override"),
            press=_("Withdraw"),
            blockers=lambda override, by, on: rules.withdraw_blockers(override, by=by),
            action=actions.withdraw_override,
            done=_("Override of a reply withdrawn"),
        ),
        reading_step(NOT_AGREED),
    ),
)


#: The same for the people of the authority.
OWN_OVERRIDE = Steps(
    ReplyOverride,
    "own_override",
    url="partner/overrides/<str:reference>",
    address_of=lambda override: reverse("partner_check", args=[override.asked.reference]),
    related=(*RELATED, "reply__recorded_by", "proposed_by", "ended_by"),
    rows=lambda user: ReplyOverride.objects.of_agency_of(user),
    locks_first=lambda override: (override.asked.case, override.asked),
    steps=(
        Step(
            "read",
            _("We have overridden your reply"),
            press=_("I have read this"),
            permission=ANSWERS,
            form=forms.Read,
            blockers=lambda override, by, on: rules.read_blockers(override),
            action=actions.read_override,
            template=PAGE,
            facts=lambda override, by, on: {"file": queries.override_file(override, by=by)},
            done=_("Override of a reply read by the authority"),
        ),
    ),
)
