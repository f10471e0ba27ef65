"""Sign-ins with break-glass accounts: each stays as it was, and is confirmed once by another administrator."""

from collections.abc import Iterator

import django.db.models.deletion
import registry.directory.models
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards
from registry.migrations._guards import ALWAYS, Guard

TABLE, SAYS = "registry_breakglasssignin", "a sign-in with an emergency account stays as it was"


def of_sign_ins(vendor: str) -> Iterator[Guard]:
    said = _guards.changed("id", "reference", "person_id", "signed_in_at", "due_on")
    yield Guard("break_glass_update", TABLE, "UPDATE", f"OLD.status <> 'glass_unconfirmed' OR {said}", SAYS)
    yield Guard("break_glass_delete", TABLE, "DELETE", ALWAYS, SAYS)
    clash = "id = NEW.id OR reference = NEW.reference"
    yield from _guards.not_replaced(vendor, TABLE, "break_glass", clash, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0044_take_overs'),
    ]

    operations = [
        migrations.CreateModel(
            name='BreakGlassSignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=registry.directory.models.break_glass_reference, editable=False, max_length=20, unique=True)),
                ('status', models.CharField(choices=[('glass_unconfirmed', 'Not confirmed'), ('glass_confirmed', 'Confirmed')], default='glass_unconfirmed', max_length=20)),
                ('signed_in_at', models.DateTimeField()),
                ('due_on', models.DateField(help_text='by when another administrator confirms it')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('used_for', models.TextField(blank=True, help_text='what the account was used for')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='break_glass_sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-signed_in_at', '-id'], name='break_glass_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), ('status', 'glass_unconfirmed')), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('person')), _negated=True)), _connector='OR'), name='break_glass_confirmed_by_another')],
            },
        ),
        _guards.CreateGuards("registry", of_sign_ins),
    ]
