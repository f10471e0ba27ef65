"""Access that takes two administrators: what was asked for stays, and what has ended is not changed."""

from collections.abc import Iterator

import django.db.models.deletion
import registry.accounts.models
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards
from registry.migrations._guards import ALWAYS, Guard

TABLE, SAYS = "registry_accessrequest", "access that was asked for stays as it was asked for"


def of_access(vendor: str) -> Iterator[Guard]:
    said = _guards.changed("id", "reference", "person_id", "kind", "roles", "agency_id", "because", "asked_by_id", "asked_at")
    yield Guard("access_request_update", TABLE, "UPDATE", f"OLD.status <> 'asked' OR {said}", SAYS)
    yield Guard("access_request_delete", TABLE, "DELETE", ALWAYS, SAYS)
    clash = "id = NEW.id OR reference = NEW.reference"
    yield from _guards.not_replaced(vendor, TABLE, "access_request", clash, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0021_consultations'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=registry.accounts.models.access_reference, editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('roles', 'Roles'), ('second_factor', 'Reset of the second factor')], max_length=20)),
                ('roles', models.JSONField(blank=True, default=list)),
                ('because', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('asked', 'Waiting for a second administrator'), ('given', 'Approved'), ('refused', 'Not approved'), ('withdrawn', 'Withdrawn')], default='asked', max_length=20)),
                ('asked_at', models.DateTimeField()),
                ('due_on', models.DateField(help_text='by when another administrator decides')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.TextField(blank=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_requests', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'asked')), fields=('person',), name='access_request_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'given'), _negated=True), models.Q(('ended_by__isnull', False), models.Q(('ended_by', models.F('asked_by')), _negated=True), models.Q(('ended_by', models.F('person')), _negated=True)), _connector='OR'), name='access_request_by_two'), models.CheckConstraint(condition=models.Q(('asked_by', models.F('person')), _negated=True), name='access_request_not_for_oneself')],
            },
        ),
        _guards.CreateGuards("registry", of_access),
    ]
