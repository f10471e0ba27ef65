"""What of licensing is read, and at which addresses."""

from django.utils.translation import gettext_lazy as _

from registry.reading import ReadSubject

#: Which case a task or a statement is about is read on the page of the case.
READ = (
    ReadSubject("licensing.application", _("Application"), paths=("applications",)),
    ReadSubject("licensing.check", _("Check"), paths=("checks", "partner/checks"), seen="open_to", names_people=True),
    ReadSubject("licensing.replyoverride", _("Override of a reply"), paths=("overrides", "partner/overrides")),
    ReadSubject("licensing.decision", _("Decision"), paths=("decisions",)),
    ReadSubject(
        "licensing.reasoncorrection", _("Correction of a published reason"), paths=("published-reasons/corrections",)
    ),
    ReadSubject("licensing.decisionreview", _("Comments and advice"), paths=("decisions/reviews",)),
    ReadSubject("licensing.fileentry", _("Entry of a file"), paths=("correspondence",)),
    ReadSubject("licensing.appeal", _("Appeal"), paths=("appeals",)),
    ReadSubject("licensing.change", _("Reported change"), paths=("changes",)),
    ReadSubject("licensing.informationrequest", _("Request"), paths=("requests",)),
    ReadSubject("licensing.insuranceproof", _("Proof of insurance"), paths=("insurance-proofs",)),
    ReadSubject("licensing.lookalike", _("Possible phoenix business"), paths=("look-alikes",)),
    ReadSubject("licensing.watchlistmatch", _("Match with a list"), paths=("watchlist-matches",)),
    ReadSubject("licensing.lettercorrection", _("Correction"), paths=("letters/corrections",)),
    ReadSubject("licensing.statementline", _("Payment received"), paths=("payments/lines",)),
    ReadSubject(
        "licensing.payment", _("Payment"), paths=("payments/received",), organisation="application__organisation"
    ),
    ReadSubject("licensing.refund", _("Refund"), paths=("payments/refunds",), organisation="application__organisation"),
    ReadSubject("licensing.statement", _("Bank statement"), paths=("payments/statements",)),
)
