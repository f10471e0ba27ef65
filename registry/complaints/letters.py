"""What a person who complained is written, where they gave an email address."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from registry.complaints.models import Complaint
from registry.letters.letters import sending

SUBJECTS = {
    "complaint_received": _("We have your complaint"),
    "complaint_answered": _("Our answer to your complaint"),
}


def tell(complaint: Complaint, template: str, *, at: datetime, **facts: object) -> None:
    """Say that it is there or answered, and where the answer is read: the mail itself has no word of it."""
    if not complaint.email:
        return
    with override(complaint.language):
        sending.queue(
            f"registry/letters/{template}.html",
            to=complaint.email,
            subject=SUBJECTS[template],
            facts={"address": address_of(complaint), **facts},
            about=complaint.reference,
            at=at,
        )


def address_of(complaint: Complaint) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('complaint_answer', args=[complaint.key])}"
