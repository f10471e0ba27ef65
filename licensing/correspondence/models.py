"""What officers add to a file, and the emails that arrive for it."""

from typing import Any

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from licensing.correspondence.states import FILE_ENTRY, EntryDirection, EntryKind, EntryStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

#: By kind of subject, what its file holds besides its own.
_PATHS = {
    "application": ("application", "decision__application", "appeal__decision__application"),
    "licence": ("licence", "decision__licence", "appeal__decision__licence"),
    "decision": ("decision", "appeal__decision"),
    "appeal": ("appeal",),
}
SUBJECTS = tuple(_PATHS)


def _has_one_subject() -> Q:
    found = Q()
    for field in SUBJECTS:
        others = dict.fromkeys(other for other in SUBJECTS if other != field)
        found |= Q(**{f"{field}__isnull": False}, **others)
    return found & Q(organisation__isnull=False)


def whose(subject: models.Model) -> Organisation:
    """Whose file this application, licence, decision or appeal is on."""
    about: Any = getattr(subject, "decision", subject)
    found: Organisation = about.organisation
    return found


class FileEntryQuerySet(CoveredQuerySet["FileEntry"]):
    def visible_to(self, user: User) -> "FileEntryQuerySet":
        """Those who read cases see these, but for organisations they have a conflict of interest with."""
        if not user.has_perm("licensing.view_applications"):
            return self.none()
        kept = Conflict.objects.organisations_of(user)
        return (
            self.exclude(organisation__in=kept)
            .exclude(decision__transfer__application__organisation__in=kept)
            .exclude(appeal__decision__transfer__application__organisation__in=kept)
        )

    def of(self, subject: models.Model) -> "FileEntryQuerySet":
        """What is on the file of this, and of the decisions and appeals that belong to it; newest first."""
        kind = str(subject._meta.model_name)
        found = Q()
        for path in _PATHS[kind]:
            found |= Q(**{path: subject})
        # Whose file it is first: one firm has few, and an index serves that.
        return self.filter(found, organisation=whose(subject)).order_by("-happened_on", "-pk")

    def relied_on(self) -> "FileEntryQuerySet":
        """On the file, and not set aside."""
        return self.filter(status=EntryStatus.FILED)


class FileEntry(CoveredModel):
    """One document, letter, email, call or conversation on a file. Its documents are about its reference."""

    lifecycle = FILE_ENTRY
    waits_with = ("application", "decision", "appeal")

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="file_entries"
    )
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="file_entries")
    decision = models.ForeignKey(
        "licensing.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="file_entries"
    )
    appeal = models.ForeignKey(
        "licensing.Appeal", null=True, blank=True, on_delete=models.PROTECT, related_name="file_entries"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="whose file it is"
    )
    status = models.CharField(max_length=20, choices=EntryStatus, default=FILE_ENTRY.first)
    kind = models.CharField(max_length=20, choices=EntryKind)
    direction = models.CharField(max_length=20, choices=EntryDirection, default=EntryDirection.RECEIVED)
    with_whom = models.CharField(max_length=200, blank=True, help_text="who gave, wrote or said it, or was written to")
    address = models.CharField(max_length=254, blank=True, help_text="of an email, as it says itself; not verified")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    happened_on = models.DateField(help_text="the day of the document, call or email")
    may_be_shown = models.BooleanField(default=False, help_text="whether a decision about its subject may name it")
    mail_id = models.CharField(max_length=64, blank=True, help_text="SHA-256 by which the same email is known again")
    not_kept = models.JSONField(default=list, blank=True, help_text="attachments of an email that were not kept")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    handled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)
    set_aside_because = models.TextField(blank=True)

    objects = FileEntryQuerySet.as_manager()

    class Meta:
        permissions = [("add_to_file", "Add documents and correspondence to a file")]
        constraints = [
            models.CheckConstraint(name="file_entry_is_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="file_entry_on_one_file",
                condition=_has_one_subject()
                | Q(status__in=["arrived", "set_aside"], kind="mail", organisation=None) & Q(**dict.fromkeys(SUBJECTS)),
            ),
            models.CheckConstraint(
                name="file_entry_set_aside_says_why", condition=~Q(status="set_aside") | ~Q(set_aside_because="")
            ),
            models.UniqueConstraint(name="file_entry_mail_once", fields=["mail_id"], condition=~Q(mail_id="")),
        ]
        indexes = [
            models.Index(name="file_entry_of_firm", fields=["organisation", "-happened_on", "-id"]),
        ]

    @property
    def subject(self) -> models.Model | None:
        """What it is about; nothing for an email without a file."""
        return self.application or self.licence or self.decision or self.appeal

    @property
    def case_officer(self) -> User | None:
        return self.case.case_officer if self.case else None

    @property
    def case(self) -> Application | None:
        """The application that it is about, itself or by a decision or an appeal."""
        decision = self.decision or (self.appeal.decision if self.appeal else None)
        return self.application or (decision.application if decision else None)

    @property
    def scheme(self) -> str:
        """Of what it is about; empty for an email without a file."""
        subject = self.subject
        found = getattr(subject, "scheme", "") or getattr(getattr(subject, "subject", None), "scheme", "")
        return str(found)
