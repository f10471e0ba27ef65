"""What of compliance is read, at which addresses, and which acts show it to who does them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from registry.reading import ReadSubject

#: Who read it is told to those alone who read the whole trail: who reads sources is no one else's to know.
TRAIL_ONLY = ("registry.read_trail",)
_restricted = partial(ReadSubject, is_restricted=True, readers_seen_by=TRAIL_ONLY)

READ = (
    # Each reading by another authority counts.
    ReadSubject("compliance.bulletin", _("Bulletin"), paths=("bulletins", "partner/bulletins"), is_restricted=True),
    ReadSubject("compliance.inspection", _("Inspection"), paths=("inspections", "findings")),
    ReadSubject("compliance.followup", _("Follow-up action"), paths=("follow-ups",)),
    ReadSubject("compliance.visitround", _("Round of visits"), paths=("targeting/rounds",)),
    ReadSubject(
        "compliance.visitexplanation",
        _("Why a visit is not made"),
        paths=("targeting/explanations",),
        organisation="choice__licence__organisation",
    ),
    ReadSubject("compliance.unlicensedcase", _("Case of supply without a licence"), paths=("unlicensed",)),
    ReadSubject("compliance.undertaking", _("Undertaking"), paths=("undertakings",)),
    ReadSubject("compliance.underpaymentnotice", _("Notice of underpayment"), paths=("underpayments",)),
    ReadSubject("compliance.convictionorder", _("Order on conviction"), paths=("orders",)),
    ReadSubject("compliance.dangersign", _("Danger"), paths=("dangers",)),
    _restricted("compliance.report", _("Report"), paths=("reports",)),
    _restricted("compliance.intelligence", _("Intelligence"), paths=("intelligence",)),
    _restricted("compliance.source", _("Source"), paths=("sources",)),
    _restricted("compliance.entity", _("Person or thing that intelligence names"), paths=("links",)),
    _restricted(
        "compliance.dissemination",
        _("Intelligence passed on"),
        paths=("passed-on", "partner-answers"),
        within=("intelligence",),
    ),
    _restricted(
        "compliance.handover",
        _("Hand-over"),
        paths=("hand-overs", "passed-on/reports"),
        within=("report", "intelligence"),
    ),
    _restricted(
        "compliance.guardedsharing",
        _("Request to share with a guarded authority"),
        paths=("guarded-sharing",),
        within=("intelligence", "hand_over", "inspection"),
    ),
    _restricted("compliance.jointcase", _("Joint case"), paths=("joint-cases", "passed-on/joint-cases")),
    _restricted("compliance.jointstep", _("Step of a joint case"), paths=("joint-steps", "passed-on/joint-steps")),
    ReadSubject(
        "compliance.referral",
        _("Referral"),
        paths=("referrals",),
        is_restricted=True,
        readers_seen_by=("compliance.read_referrals", *TRAIL_ONLY),
    ),
)

#: Of each kind of thing the verbs of the trail that show it, in words.
ACTS = {
    "report": {
        "receive": _("Written down"),
        "read": _("Read"),
        "reach": _("Contact details opened"),
    },
    "intelligence": {
        "record": _("Recorded"),
        "read": _("Read"),
        "pass_on": _("Passed on to another authority"),
        "hand_over_intelligence": _("Handed over to those who act on it"),
    },
    "dissemination": {
        "accept_conditions": _("Opened by another authority"),
        "open": _("Opened by another authority"),
    },
    "source": {
        "keep": _("Source kept"),
        "look": _("Identity opened"),
        "hand_over": _("Handed over to another handler"),
    },
    "referral": {
        "prepare": _("Prepared"),
        "identify": _("Who it was, written down"),
        "look": _("Identity opened"),
        "second_read": _("Read by a second person"),
        "read_after": _("Read by a second person"),
        "send": _("Sent"),
        "send_at_once": _("Sent"),
        "export": _("Taken away as a file"),
    },
    "inspection": {
        "keep_interview": _("Interview saved"),
        "read_interviews": _("Interviews read"),
        "take_along": _("Taken along on a device"),
    },
    "handover": {
        "read_dossier": _("Dossier read"),
        "print_dossier": _("Dossier printed"),
    },
}
