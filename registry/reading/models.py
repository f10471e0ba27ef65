"""Who read what, when, as which role and by which way: rows are put in, and neither changed nor taken out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User


class Way(models.TextChoices):
    """By which way something was shown to someone."""

    PAGE = "page", _("Page")
    PREVIEW = "preview", _("Preview beside a list")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    DOCUMENT = "document", _("File opened")
    EXPORT = "export", _("List downloaded")
    API = "api", _("API")
    ACT = "act", _("Recorded act")


class Consultation(models.Model):
    """One person was shown one thing. Of an act of the trail `verb` and `event` say which; its reason is on the event.

    Append-only: triggers refuse a change, and a deletion but of a day of which `registry.retention` has written an erasure.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consultations")
    roles = models.CharField(max_length=300, help_text="names of the roles held then, with blanks between")
    kind = models.CharField(max_length=40, help_text="name of the model")
    reference = models.CharField(max_length=40)
    within = models.CharField(max_length=40, blank=True, help_text="reference of the case that it belongs to")
    way = models.CharField(max_length=10, choices=Way)
    address = models.CharField(max_length=200, blank=True, help_text="path of the page, without what was asked of it")
    verb = models.CharField(max_length=40, blank=True)
    event = models.BigIntegerField(null=True, blank=True, help_text="number of the event")

    class Meta:
        default_permissions = ()
        permissions = [("see_readers", "See who has read cases, documents, organisations and licences")]
        indexes = [
            models.Index(name="consultation_of", fields=["reference", "at"]),
            models.Index(name="consultation_within", fields=["within", "at"], condition=~models.Q(within="")),
            models.Index(name="consultation_by", fields=["by", "at"]),
            models.Index(name="consultation_at", fields=["at", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
