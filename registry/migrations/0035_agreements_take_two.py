"""An agreement by which another authority reads the statistics early is confirmed by a second person.

One that was given by a single person waits for the second: until then the authority reads what the public reads.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import Guard, CreateGuards, DropGuards, changed, keeping_triggers

TABLE = "registry_partneragreement"
STAYS = "an agreement stays as it was given, is decided once, and is ended once"
GIVEN = ("reference", "agency_id", "scheme", "post", "because", "basis", "given_by_id", "given_at")
DECIDED, ENDED = ("decided_by_id", "decided_at"), ("ended_by_id", "ended_at")


def of_agreements(_vendor):
    """What the public read about an agreement is not changed afterwards, nor who confirmed it."""
    decided = f"OLD.decided_at IS NOT NULL AND ({changed(*DECIDED)})"
    again = f"{changed(*GIVEN)} OR {decided} OR OLD.ended_at IS NOT NULL AND ({changed(*ENDED)})"
    yield Guard("partner_agreement_stays", TABLE, "UPDATE", again, STAYS)


def as_before(_vendor):
    again = f"{changed(*GIVEN)} OR OLD.ended_at IS NOT NULL AND ({changed(*ENDED)})"
    yield Guard(
        "partner_agreement_stays", TABLE, "UPDATE", again, "an agreement stays as it was given, and is ended once"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0034_heartbeat'),
    ]

    operations = [
        DropGuards("registry", as_before),
        *keeping_triggers(
            migrations.RemoveConstraint(
                model_name='partneragreement',
                name='partner_agreement_once_an_agency',
            ),
            migrations.AddField(
                model_name='partneragreement',
                name='decided_at',
                field=models.DateTimeField(blank=True, null=True),
            ),
            migrations.AddField(
                model_name='partneragreement',
                name='decided_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='partneragreement',
                name='status',
                field=models.CharField(choices=[('agreement_proposed', 'Waiting for a second person'), ('agreement_in_force', 'In force'), ('agreement_refused', 'Not agreed'), ('agreement_ended', 'Ended')], default='agreement_proposed', max_length=20),
            ),
            migrations.AddConstraint(
                model_name='partneragreement',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None), models.Q(('status', 'agreement_refused'), _negated=True)), fields=('agency',), name='partner_agreement_once_an_agency'),
            ),
            migrations.AddConstraint(
                model_name='partneragreement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'agreement_proposed')), models.Q(models.Q(('status', 'agreement_proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('given_by')), _negated=True)), _connector='OR'), name='partner_agreement_decided_by_another'),
            ),
        ),
        CreateGuards("registry", of_agreements),
    ]
