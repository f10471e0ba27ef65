"""Licences: what the authority has permitted, to which business and until when."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.licences.states import LICENCE, LicenceStatus
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.register.models import Listing
from registry.register.states import Standing
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import NoWait, holder_wait, staff_wait


class LicenceQuerySet(CoveredQuerySet["Licence"]):
    def open_to(self, officer: User) -> "LicenceQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))

    def in_force(self, day: date) -> "LicenceQuerySet":
        """Held on that day: for staff lists. What the public is told comes from the entries.

        What has been taken away, given up or ended from a later day is held until then.
        """
        goes_later = Q(revoked_from__gt=day) | Q(surrendered_from__gt=day) | Q(ended_from__gt=day)
        held = Q(status=LicenceStatus.ACTIVE) | goes_later
        return self.filter(held, valid_from__lte=day, valid_until__gte=day)

    def suspended(self, day: date) -> "LicenceQuerySet":
        """Held on that day, and suspended."""
        lasts = Q(suspended_until=None) | Q(suspended_until__gte=day)
        return self.in_force(day).filter(lasts, suspended_from__lte=day)


class Licence(CoveredModel):
    """The authority's permission for one organisation under one scheme, and its number for life."""

    lifecycle = LICENCE.wait_for(
        NoWait(LicenceStatus.ACTIVE, "The licence runs."),
        NoWait(LicenceStatus.REVOKED, "Only an appeal can still change it."),
        NoWait(LicenceStatus.SURRENDERED, "Until the day before, the holder can take it back."),
        holder_wait(
            "renew",
            {LicenceStatus.ACTIVE},
            _("Renew the licence"),
            Act.FILL_IN,
            due="valid_until",
            until="valid_until",
            asks="licensing.holding.queries.waiting.is_renewal_open",
            page="renew_licence",
            args=("number",),
            missed=_("The licence ends on its last day. You must not supply workers after it."),
        ),
        holder_wait(
            "tell_supply",
            {LicenceStatus.ACTIVE},
            _("Tell us once you have started supplying"),
            Act.NOTIFY,
            due_from="licensing.holding.queries.holding.supply_due_on",
            lapses=True,
            asks="licensing.holding.queries.waiting.is_supply_untold",
            page="tell_supply",
            args=("number",),
            missed=_(
                "The day is for a business that began on the first day of its licence. We record how late you told us."
            ),
        ),
        holder_wait(
            "insurance",
            {LicenceStatus.ACTIVE},
            _("Show that you are insured from then on"),
            Act.NOTIFY,
            due_from="licensing.insurances.queries.first_end",
            asks="licensing.insurances.queries.is_insurance_due",
            page="insurances",
            args=("number",),
            missed=_("An officer asks you about it. You must not employ workers without the insurance."),
        ),
        holder_wait(
            "insurance_unknown",
            {LicenceStatus.ACTIVE},
            _("Tell us until when you are insured"),
            Act.NOTIFY,
            due_from="licensing.insurances.queries.tell_insurance_by",
            asks="licensing.insurances.queries.is_insurance_unknown",
            page="insurances",
            args=("number",),
            missed=_("An officer asks you about it. You must not employ workers without the insurance."),
        ),
        staff_wait(
            "insurance_over",
            {LicenceStatus.ACTIVE},
            _("Ask the holder about the insurance that has ended"),
            "licensing.handle_changes",
            asks="licensing.insurances.queries.is_insurance_over",
            page="staff_licence",
            args=("number",),
        ),
        staff_wait(
            "insurance_untold",
            {LicenceStatus.ACTIVE},
            _("Ask the holder until when it is insured"),
            "licensing.handle_changes",
            asks="licensing.insurances.queries.is_insurance_untold",
            page="staff_licence",
            args=("number",),
        ),
        staff_wait(
            "after_term",
            {LicenceStatus.ACTIVE},
            _("See whether the business has stopped supplying workers"),
            "licensing.handle_changes",
            after="valid_until",
            asks="licensing.holding.queries.after_term.is_to_be_seen",
            page="staff_licence",
            args=("number",),
        ),
    )

    number = models.CharField(max_length=8, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="licences")
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="licences")
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme that it was granted under")
    status = models.CharField(max_length=20, choices=LicenceStatus, default=LICENCE.first)
    # A column of its own, so that an index serves the list that begins with the active ones.
    is_over = true_when(~Q(status=LicenceStatus.ACTIVE))
    sectors = models.JSONField(default=list)
    countries_supplied = models.JSONField(default=list)
    granted_at = models.DateTimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="the last day with the licence")
    suspended_from = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True, help_text="the last day of the suspension")
    revoked_from = models.DateField(null=True, blank=True, help_text="the first day without the licence")
    appealed_from = models.DateField(
        null=True,
        blank=True,
        help_text="the day from which it goes on, revoked, because of an appeal that is not decided yet",
    )
    surrendered_from = models.DateField(null=True, blank=True)
    ended_from = models.DateField(null=True, blank=True)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_licences", "See every licence"),
            ("issue_licence", "Issue or renew a licence"),
            ("suspend_licence", "Suspend a licence or lift a suspension"),
            ("revoke_licence", "Revoke a licence"),
            ("stay_revocation", "Keep a licence in force while an appeal against its revocation is heard"),
            ("surrender_licence", "Accept the surrender of a licence"),
            ("end_licence", "End a licence when its holder's numbers change"),
            ("change_condition_of_licence", "Add, extend, discharge or fail a condition"),
        ]
        constraints = [
            models.CheckConstraint(name="licence_runs_forward", condition=Q(valid_until__gte=F("valid_from"))),
            models.CheckConstraint(
                name="licence_revoked_has_date",
                condition=Q(status="revoked", revoked_from__isnull=False)
                | (~Q(status="revoked") & Q(revoked_from=None)),
            ),
            models.CheckConstraint(
                name="licence_appealed_is_active", condition=Q(appealed_from=None) | Q(status="active")
            ),
            models.CheckConstraint(
                name="licence_surrendered_has_date",
                condition=Q(status="surrendered", surrendered_from__isnull=False)
                | (~Q(status="surrendered") & Q(surrendered_from=None)),
            ),
            models.CheckConstraint(
                name="licence_ended_has_date",
                condition=Q(status="ended", ended_from__isnull=False) | (~Q(status="ended") & Q(ended_from=None)),
            ),
            models.CheckConstraint(
                name="licence_suspension_runs_forward",
                condition=Q(suspended_until=None) | Q(suspended_until__gte=F("suspended_from")),
            ),
        ]
        indexes = [
            models.Index(name="licence_active_first", fields=["is_over", "number", "id", "status"]),
            models.Index(name="licence_by_status", fields=["status", "is_over", "number", "id"]),
            models.Index(name="licence_by_last_day", fields=["valid_until", "id"]),
            models.Index(name="licence_ends_next", fields=["status", "valid_until", "id"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        return self.number

    @property
    def gone_from(self) -> date | None:
        """The first day without it, where it has been taken away, given up or ended."""
        return self.revoked_from or self.surrendered_from or self.ended_from

    @property
    def last_day(self) -> date:
        """The last day with it, as far as is known: its term may not run out."""
        return min(self.valid_until, self.gone_from - timedelta(days=1)) if self.gone_from else self.valid_until

    def held_as(self, day: date) -> LicenceStatus | Standing:
        """Its status on that day, as the register says it: an active licence may be suspended, about to go, or run out."""
        if self.gone_from and self.gone_from <= day:
            return LicenceStatus(self.status)
        if self.has_run_out(day):
            return Standing.EXPIRED
        if self.is_suspended(day):
            return Standing.SUSPENDED
        if self.revoked_from or self.appealed_from:
            return Standing.REVOCATION_TO_COME
        return Standing.LICENSED if self.gone_from else LicenceStatus(self.status)

    def has_run_out(self, day: date) -> bool:
        """Whether its term is over on that day: whatever its status, it can only be granted anew."""
        return self.valid_until < day

    def is_suspended(self, day: date) -> bool:
        since, until = self.suspended_from, self.suspended_until
        return since is not None and since <= day and (until is None or day <= until)
