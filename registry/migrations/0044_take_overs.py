"""A register that another authority has kept: entries say where they are from, and what a person must look at is asked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

CLOSES = "an entry can only be closed, once"
OF_ENTRY = (
    "entry_number", "listing_id", "scheme", "number", "name", "trading_names", "former_names", "company_number", "address",
    "telephone", "email", "website", "sectors", "supplies_to", "applied_on", "refused_from", "valid_from", "valid_until",
    "suspended_from", "suspended_until", "revoked_from", "appealed_from", "surrendered_from", "ended_from", "conditions",
    "condition_count", "named_people", "named_digests", "named_positions", "vehicles", "issued_by", "shown_from",
    "content_hash", "previous_hash", "hash", "reasons",
)  # fmt: skip
TAKEN_OVER = "who was taken over, and from which authority, stays as it was written"


def closes(*columns):
    def rules(_vendor):
        when = f"OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL OR {changed(*columns)}"
        yield Guard("entry_closes_once", "registry_entry", "UPDATE", when, CLOSES)

    return rules


def of_take_overs(_vendor):
    """A corrected edition of the files changes the digests, and nothing else."""
    table = "registry_takenoverholder"
    fixed = changed("authority", "key", "organisation_id", "first_under_id")
    yield Guard("taken_over_holder_stays", table, "UPDATE", fixed, TAKEN_OVER)
    yield Guard("taken_over_holder_no_delete", table, "DELETE", ALWAYS, TAKEN_OVER)
    settled = "OLD.status = 'question_settled'"
    yield Guard("take_over_question_stays", "registry_takeoverquestion", "UPDATE", settled, TAKEN_OVER)
    yield Guard("take_over_question_no_delete", "registry_takeoverquestion", "DELETE", ALWAYS, TAKEN_OVER)


class Migration(migrations.Migration):
    dependencies = [("registry", "0043_material_orders")]

    operations = [
        guards.DropGuards("registry", closes(*OF_ENTRY)),
        *guards.keeping_triggers(
            migrations.AddField(
                model_name='entry',
                name='taken_over',
                field=models.JSONField(help_text='of a licence that another authority gave: from which, on which day, and whether this is of the time before', null=True),
            ),
            migrations.AlterField(
                model_name='entry',
                name='number',
                field=models.CharField(help_text='licence number, APP-00001 before the first grant, or the number of the authority before us', max_length=30),
            ),
        ),
        guards.CreateGuards("registry", closes(*OF_ENTRY, "taken_over")),
        migrations.CreateModel(
            name='TakeOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(help_text='whose register it was', max_length=200)),
                ('files', models.JSONField(default=list, help_text='name, rows, encoding and SHA-256 of each')),
                ('given', models.JSONField(default=dict, help_text='what the files hold: by status, and by year of grant')),
                ('refused', models.JSONField(default=list, help_text='file, row, field and fault of what was not taken over')),
                ('run_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('under', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='take_over', to='registry.import')),
            ],
            options={
                'permissions': [('view_take_overs', 'See registers that were taken over, and settle their questions')],
            },
        ),
        migrations.CreateModel(
            name='TakenOverHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('authority', models.CharField(max_length=200)),
                ('key', models.CharField(help_text='how the other authority names it', max_length=60)),
                ('digests', models.JSONField(help_text='by file: SHA-256 of its rows about this holder')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken_over', to='registry.organisation')),
                ('first_under', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='registry.takeover')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('authority', 'key'), name='holder_taken_over_once')],
            },
        ),
        migrations.CreateModel(
            name='TakeOverQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('question_open', 'To look at'), ('question_settled', 'Looked at')], default='question_open', max_length=30)),
                ('kind', models.CharField(choices=[('looks_alike', 'Looks like another business on our files'), ('no_email', 'Holds a licence and has no email address'), ('no_principal', 'Holds a licence and names no principal authority')], max_length=20)),
                ('found', models.TextField(blank=True, help_text='what was found, once a person has looked')),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('other', models.ForeignKey(blank=True, help_text='which it looks like', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('take_over', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='registry.takeover')),
            ],
            options={
                'indexes': [models.Index(fields=['-id'], name='take_over_question_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('settled_by', None), ('status', 'question_open')), models.Q(('found__gt', ''), ('settled_at__isnull', False), ('settled_by__isnull', False), ('status', 'question_settled')), _connector='OR'), name='take_over_question_settled_whole'), models.UniqueConstraint(fields=('organisation', 'kind'), name='take_over_question_once')],
            },
        ),
        guards.CreateGuards("registry", of_take_overs),
    ]
