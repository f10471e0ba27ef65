"""The codes of a referral, and what its statuses are called."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.safeguarding.states import ReferralStatus


class ReferralKind(models.TextChoices):
    NRM = "nrm", _("Referral to the National Referral Mechanism")
    NOTIFY = "notify", _("Notification under the duty to notify")


class ReferralConsent(models.TextChoices):
    """Whether the person may be identified: an adult by their informed consent alone, a child always."""

    GIVEN = "given", _("An adult who consents, having been told what it means")
    REFUSED = "refused", _("An adult who does not consent, or has not been asked")
    CHILD = "child", _("A child: no consent is needed")
    WITHDRAWN = "withdrawn", _("May not be identified any more")


#: Those who may be identified.
MAY_BE_NAMED = (ReferralConsent.GIVEN, ReferralConsent.CHILD)


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class YesNoUnknown(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not_known", _("Not known")


class WhyErased(models.TextChoices):
    """Why an identity was erased. A closed list, so that the reason says nothing of the person."""

    WITHDRAWN = "withdrawn", _("The person has withdrawn the consent")
    ADULT = "adult", _("Not a child after all, and an adult has not consented")
    MISTAKE = "mistake", _("Written down by mistake")
    TERM = "term", _("Held for as long as the scheme says")


class WhyReturned(models.TextChoices):
    CONSENT = "consent", _("How consent was obtained is not clear")
    FACTS = "facts", _("Facts do not fit together")
    INCOMPLETE = "incomplete", _("Something that is known is missing")
    IDENTITY = "identity", _("The identity is incomplete or has a mistake")


class WhyAtOnce(models.TextChoices):
    """Why a referral was sent before a second person read it."""

    DANGER = "danger", _("The person is in danger now")
    CHILD = "child", _("It is a child who needs protection now")
    ALONE = "alone", _("No second person can be reached in time")


class WhyDropped(models.TextChoices):
    OTHERS = "others", _("Another first responder has done it")
    TWICE = "twice", _("Prepared twice")
    NO_SIGN = "no_sign", _("Nothing points to slavery or trafficking after all")


STATUSES: list[tuple[str, str | Promise]] = [
    (ReferralStatus.PREPARED.value, _("To be read by a second person")),
    (ReferralStatus.RETURNED.value, _("Returned to the author")),
    (ReferralStatus.READ.value, _("Read, to be sent")),
    (ReferralStatus.SENT_UNREAD.value, _("Sent at once, to be read by a second person")),
    (ReferralStatus.SENT.value, _("Sent")),
    (ReferralStatus.ANSWERED.value, _("Reasonable grounds decided")),
    (ReferralStatus.CONCLUDED.value, _("Conclusive grounds decided")),
    (ReferralStatus.DROPPED.value, _("Not sent")),
]
#: Until it has been sent it can still change.
BEFORE_SENT = (ReferralStatus.PREPARED, ReferralStatus.RETURNED, ReferralStatus.READ)


class WhySetAside(models.TextChoices):
    """Why nobody is referred. A closed list, so that the reason says nothing of a person."""

    REFERRED = "referred", _("They have been referred already, by us or by someone else")
    ADULT = "adult", _("An adult who has been asked does not want it")
    NO_VICTIM = "no_victim", _("Nothing suggests that anyone is a victim")
    NOT_FOUND = "not_found", _("No one was found who could be referred")
