"""The table of the kinds of decision: all that is said, shown and allowed because of a kind is in its row, and nowhere else."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from licensing.decisions.states import kinds
from registry.register.states import ReasonKind

K, A = kinds.DecisionKind, kinds.DecidedAbout

_ROWS = (
    kinds.KindOfDecision(
        kind=K.GRANT,
        about=A.APPLICATION,
        title=_("Grant the licence"),
        proposes=_("Propose to grant"),
        otherwise=_("Grant instead"),
        press_style="",
        wording="decision_grant",
        wording_with_conditions="decision_grant_with_conditions",
        first_day=(_("First day of the licence"), _("The first day of the licence")),
        most_conditions=1_000,
        due_too_early=_("A condition is due after the licence starts."),
        scores_as="grant",
        reason_kind=ReasonKind.CONDITION,
        carried_out_by=frozenset({"issue", "renew"}),
        register=(
            kinds.RegisterLine(_("Licensed with conditions"), case=kinds.RegisterCase.WITH_CONDITIONS),
            kinds.RegisterLine(_("Licensed"), case=kinds.RegisterCase.WITHOUT_CONDITIONS),
        ),
        appeal=kinds.AppealWords(
            allowed=_("The conditions that came with the licence, and still stand, are taken off.")
        ),
    ),
    kinds.KindOfDecision(
        kind=K.REFUSE,
        about=A.APPLICATION,
        title=_("Refuse the application"),
        proposes=_("Propose to refuse"),
        notice=_("To refuse the application"),
        instead=K.GRANT,
        is_heard=True,
        warns=True,
        is_appealable=True,
        wording="decision_refuse",
        scores_as="refuse",
        reason_kind=ReasonKind.REFUSED,
        register=(
            kinds.RegisterLine(_("Refused"), kinds.RegisterMoment.AT_ONCE, kinds.RegisterCase.REFUSALS_SHOWN),
            kinds.RegisterLine(
                _("The applicant is taken off the register"),
                kinds.RegisterMoment.AT_ONCE,
                kinds.RegisterCase.REFUSALS_NOT_SHOWN,
            ),
        ),
        appeal=kinds.AppealWords(
            before=_("The applicant has no licence: there is nothing that could go on."),
            meanwhile=_("The applicant has no licence: there is nothing that could go on."),
            allowed=_("The licence is given as it was applied for."),
            sent_back=_("The application is assessed again, and we decide again."),
            put=_("The licence is given as it was applied for."),
        ),
    ),
    kinds.KindOfDecision(
        kind=K.SUSPEND,
        about=A.LICENCE,
        title=_("Suspend the licence"),
        proposes=_("Propose to suspend"),
        notice=_("To suspend the licence"),
        otherwise=_("Suspend instead"),
        is_heard=True,
        warns=True,
        takes_licence=True,
        moves_licence=True,
        is_appealable=True,
        is_stayed=True,
        wording="suspension",
        wording_immediate="suspension_immediate",
        first_day=(_("First day of the suspension"), _("The first day of the suspension")),
        scores_as="suspend",
        reason_kind=ReasonKind.SUSPENDED,
        carried_out_by=frozenset({"suspend"}),
        register=(kinds.RegisterLine(_("Suspended until {day}")),),
        appeal=kinds.AppealWords(
            allowed=_("The suspension is set aside."),
            dismissed=_("The licence is suspended for as long as was decided, from the day of the outcome."),
        ),
    ),
    kinds.KindOfDecision(
        kind=K.REVOKE,
        about=A.LICENCE,
        title=_("Revoke the licence"),
        proposes=_("Propose to revoke"),
        notice=_("To revoke the licence"),
        instead=K.SUSPEND,
        press_style="warning",
        is_heard=True,
        warns=True,
        takes_licence=True,
        moves_licence=True,
        is_appealable=True,
        is_stayed=True,
        wording="revocation",
        wording_immediate="revocation_immediate",
        first_day=(_("First day without the licence"), _("The first day without the licence")),
        scores_as="refuse",
        reason_kind=ReasonKind.REVOKED,
        carried_out_by=frozenset({"revoke"}),
        register=(
            kinds.RegisterLine(_("Licensed, to be revoked, with the day"), kinds.RegisterMoment.AT_ONCE),
            kinds.RegisterLine(_("Revoked")),
        ),
        appeal=kinds.AppealWords(
            meanwhile=_(
                "The licence goes on. The register says that it is revoked, and licensed until the appeal is decided."
            ),
            allowed=_("The revocation is set aside: the licence is as if it had not been revoked."),
            dismissed=_("The licence is revoked from the day from which the outcome holds."),
        ),
    ),
    kinds.KindOfDecision(
        kind=K.SURRENDER,
        about=A.LICENCE,
        title=_("Accept the surrender"),
        is_at_will=True,
        is_asked_for=True,
        wording="surrender",
        first_day=(_("First day without the licence"), _("The first day without the licence")),
        carried_out_by=frozenset({"surrender"}),
        register=(kinds.RegisterLine(_("Surrendered")),),
    ),
    kinds.KindOfDecision(
        kind=K.LIFT,
        about=A.LICENCE,
        title=_("Lift the suspension"),
        proposes=_("Propose to lift the suspension"),
        moves_licence=True,
        is_at_will=True,
        wording="suspension_lifted",
        first_day=(_("First day with the licence again"), _("The first day with the licence again")),
        carried_out_by=frozenset({"lift"}),
        register=(kinds.RegisterLine(_("No longer suspended")),),
    ),
    kinds.KindOfDecision(
        kind=K.IMPOSE,
        about=A.LICENCE,
        title=_("Add the condition"),
        proposes=_("Propose to add a condition"),
        notice=_("To add a condition to the licence"),
        is_heard=True,
        is_modification=True,
        is_appealable=True,
        is_stayed=True,
        wording="condition_added",
        first_day=(_("First day on which it holds"), _("The first day on which it holds")),
        fewest_conditions=1,
        most_conditions=1,
        reason_kind=ReasonKind.CONDITION,
        register=(kinds.RegisterLine(_("Licensed with conditions, and which")),),
        appeal=kinds.AppealWords(
            allowed=_("The condition is not added, or is taken off."),
            dismissed=_("The condition is added from the day of the outcome."),
        ),
    ),
    kinds.KindOfDecision(
        kind=K.VARY,
        about=A.CONDITION,
        title=_("Vary the condition"),
        proposes=_("Propose to vary the condition"),
        notice=_("To vary a condition of the licence"),
        is_heard=True,
        is_modification=True,
        is_appealable=True,
        is_stayed=True,
        wording="condition_added",
        first_day=(_("First day on which it holds"), _("The first day on which it holds")),
        fewest_conditions=1,
        most_conditions=1,
        register=(kinds.RegisterLine(_("The condition as varied")),),
        appeal=kinds.AppealWords(
            allowed=_(
                "The condition stays as it was. If it has been varied already, it is varied back, unless something else has been "
                "decided of it since."
            ),
            dismissed=_("The condition is varied from the day of the outcome."),
        ),
    ),
    kinds.KindOfDecision(
        kind=K.EXTEND,
        about=A.CONDITION,
        title=_("Give more time for the condition"),
        proposes=_("Propose more time for the condition"),
        wording="condition_extended",
        fewest_conditions=1,
        most_conditions=1,
        due_too_early=_("The new day must be after today."),
        own_subject=_("You have more time to meet a condition of your licence"),
        own_words=_("The condition stays on your licence. It must be met by the new day that this letter gives."),
        register=(kinds.RegisterLine(_("The condition with its new day"), kinds.RegisterMoment.AT_ONCE),),
    ),
    kinds.KindOfDecision(
        kind=K.DISCHARGE,
        about=A.CONDITION,
        title=_("Discharge the condition"),
        proposes=_("Propose to discharge the condition"),
        wording="condition_discharged",
        register=(kinds.RegisterLine(_("The condition is not shown any more"), kinds.RegisterMoment.AT_ONCE),),
    ),
    kinds.KindOfDecision(
        kind=K.FAIL,
        about=A.CONDITION,
        title=_("Find the condition failed"),
        proposes=_("Propose to find the condition failed"),
        notice=_("To find that a condition of the licence was not met"),
        is_heard=True,
        warns=True,
        wording="condition_failed",
        own_subject=_("You have not met a condition of your licence"),
        own_words=_(
            "The licence continues. The condition stays on it and on the register. If we propose to "
            "suspend or revoke the licence because of this condition, we write to you first, and you "
            "can reply."
        ),
        register=(kinds.RegisterLine(_("The condition stays on the register"), kinds.RegisterMoment.AT_ONCE),),
    ),
    kinds.KindOfDecision(
        kind=K.ALLOW_TRANSFER,
        about=A.TRANSFER,
        title=_("Consent to the transfer"),
        proposes=_("Propose to consent to the transfer"),
        press_style="",
        is_at_will=True,
        is_asked_for=True,
        wording="transfer_allowed",
        first_day=(_("First day of the licence of the other business"), _("The first day of its licence")),
        register=(kinds.RegisterLine(_("The holder: surrendered. The other business: licensed")),),
    ),
    kinds.KindOfDecision(
        kind=K.REFUSE_TRANSFER,
        about=A.TRANSFER,
        title=_("Refuse the transfer"),
        proposes=_("Propose to refuse the transfer"),
        notice=_("To refuse the transfer of the licence"),
        is_heard=True,
        warns=True,
        is_appealable=True,
        wording="transfer_refused",
        register=(kinds.RegisterLine(_("Nothing changes"), kinds.RegisterMoment.NEVER),),
        appeal=kinds.AppealWords(
            meanwhile=_("The licence continues with its holder, and does not pass to the other business."),
            allowed=_("The other business is licensed in the place of the holder, as long as both are still there."),
            sent_back=_("We decide again on the transfer."),
        ),
    ),
)


#: By kind. Whatever is true of a kind of decision alone is asked of its row.
KINDS: Mapping[str, kinds.KindOfDecision] = {row.kind: row for row in _ROWS}

UNHEARD = tuple(row.kind for row in _ROWS if not row.is_heard)
HEARD = tuple(row.kind for row in _ROWS if row.is_heard)
ON_APPLICATIONS = tuple(row.kind for row in _ROWS if row.about == A.APPLICATION)
ON_LICENCES = tuple(row.kind for row in _ROWS if row.about != A.APPLICATION)
# What is decided of one condition of a licence; its name is the name of the condition's move.
ON_CONDITIONS = tuple(row.kind for row in _ROWS if row.about == A.CONDITION)
ON_TRANSFERS = tuple(row.kind for row in _ROWS if row.about == A.TRANSFER)
MODIFICATIONS = tuple(row.kind for row in _ROWS if row.is_modification)
# What holds from a day that is chosen; all else holds at once.
DATED = tuple(row.kind for row in _ROWS if row.first_day and row.about != A.APPLICATION)
APPEALABLE = tuple(row.kind for row in _ROWS if row.is_appealable)
