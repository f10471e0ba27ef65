"""What staff say of a report: what becomes of it, what it means, what it is about, what belongs with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.reports.models.reports import Report, ReportMessage, TriageDecision
from registry.trail.models.covered import CoveredModel


class TagKind(models.TextChoices):
    """What a report is tagged by: a licensing standard, a sign of forced labour, or a method of offenders."""

    STANDARD = "standard", _("Licensing standard")
    INDICATOR = "indicator", _("Indicator of forced labour")
    METHOD = "method", _("Method of offenders")


class LinkKind(models.TextChoices):
    """What a person says of two reports that may belong together."""

    DUPLICATE = "duplicate", _("The same thing, reported again")
    LINKED = "linked", _("Belong together")
    APART = "apart", _("Have nothing to do with each other")


class ReportEnding(models.TextChoices):
    """What a reporter is told at the end: in words that are the same for everyone, or in words of its own."""

    ACTED = "acted", _("We looked into it and took action")
    NOT_ACTED = "not_acted", _("We looked into it and cannot take action now")
    PASSED_ON = "passed_on", _("Another authority can act on it, and we told them")
    NOT_ENOUGH = "not_enough", _("We looked into it and do not know enough")
    OWN = "own", _("In other words, translated by a person")


class Triage(CoveredModel):
    """What a person decided about a report, and why; a later one stands beside it, never in its place."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="triages")
    decision = models.CharField(max_length=20, choices=TriageDecision)
    priority = models.CharField(max_length=20)
    because = models.TextField()
    called = models.TextField(blank=True, help_text="who was called, when, and what they said")
    agency = models.ForeignKey("registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="triage_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="triage_of_danger_says_who_was_called", condition=~Q(decision="danger", called="")
            ),
            models.CheckConstraint(
                name="triage_to_agency_says_which", condition=~Q(decision="agency") | Q(agency__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.decision}"


class ReportTranslation(CoveredModel):
    """What was said, in English, as a person typed it: it stands beside the original, and does not replace it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=100, help_text="of the original, as the translator calls it")
    text = models.TextField()
    translator = models.CharField(max_length=200, help_text="who translated it; often not who typed it")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report}: {self.language}"


class MessageTranslation(CoveredModel):
    """What one message of the mailbox says in another language, beside it: of the reporter’s in English, of ours in theirs."""

    message = models.OneToOneField(ReportMessage, on_delete=models.CASCADE, related_name="translation")
    language = models.CharField(max_length=100, help_text="of the translation of ours; of theirs, what it was in")
    text = models.TextField()
    translator = models.CharField(max_length=200, help_text="who translated it; often not who typed it")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_translated_by_somebody", condition=~Q(text="") & ~Q(translator="") & ~Q(language="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.language}"


class ReportClock(models.TextChoices):
    DECIDE = "decide", _("Deciding what to do with a report")
    TELL = "tell", _("Telling a reporter the outcome")


class ReportReminder(models.Model):
    """That those who handle reports were told that a day or hour has passed: once for each."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reminders")
    clock = models.CharField(max_length=10, choices=ReportClock)
    due = models.DateTimeField(help_text="what has passed; of a day, its first moment")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="report_reminded_once", fields=["report", "clock", "due"])]

    def __str__(self) -> str:
        return f"{self.report}: {self.clock}"


class ReportTag(CoveredModel):
    """One standard, indicator or method that a report speaks of, as a person reads it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=10, choices=TagKind)
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(name="report_tag_once", fields=["report", "kind", "scheme", "code"])]
        indexes = [models.Index(name="report_tag_by_code", fields=["kind", "code", "report"])]

    def __str__(self) -> str:
        return f"{self.report}: {self.code}"


class ReportLink(CoveredModel):
    """What a person says of two reports that may belong together: the older one is the first."""

    first = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="links_to_later")
    second = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="links_to_earlier")
    kind = models.CharField(max_length=10, choices=LinkKind)
    because = models.TextField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="report_link_once", fields=["first", "second"]),
            models.CheckConstraint(name="report_link_older_first", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="report_link_says_why", condition=~Q(because="")),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}: {self.kind}"


class ReportClue(models.Model):
    """Something by which reports of the same thing are found: a name, number or postcode as compared, or a mark of the words."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="clues")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(name="report_clue_once", fields=["kind", "value", "report"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
