"""Complaints about our own service, with our answers and the second look of someone else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import ALWAYS, Guard, CreateGuards, changed, erased

COMPLAINT, SAYS = "registry_complaint", "a complaint stays as it came and as it was answered"
GIVEN = ("id", "reference", "once", "kind", "about", "channel", "language", "received_at", "recorded_by_id")
SAID = ("text", "name", "email")


def of_complaints(_vendor):
    """What was said is open to its erasure alone, and so is an answer once it was sent."""
    gone = erased("complaint", "complaints", "OLD.reference")
    answered = f"OLD.status <> 'complaint_received' AND ({changed('outcome', 'answer', 'answered_by_id', 'answered_at')})"
    reviewed = (
        "OLD.status = 'complaint_reviewed' AND "
        f"({changed('review_outcome', 'review_because', 'review_answer', 'reviewed_by_id', 'reviewed_at')})"
    )
    fixed = f"({changed(*SAID)} OR {answered} OR {reviewed}) AND NOT {gone}"
    yield Guard("complaint_update", COMPLAINT, "UPDATE", f"{changed(*GIVEN)} OR {fixed}", SAYS)
    yield Guard("complaint_delete", COMPLAINT, "DELETE", ALWAYS, SAYS)



class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0038_officers_and_owners_of_companies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('once', models.CharField(help_text='of the form: sent twice, it is kept once', max_length=22, unique=True)),
                ('status', models.CharField(choices=[('complaint_received', 'Waiting for an answer'), ('complaint_answered', 'Answered'), ('complaint_review_asked', 'Waiting for a second look'), ('complaint_reviewed', 'Looked at twice')], default='complaint_received', max_length=30)),
                ('kind', models.CharField(choices=[('delay', 'It took too long'), ('mistake', 'We made a mistake'), ('information', 'What we said was wrong or hard to understand'), ('conduct', 'How someone behaved'), ('access', 'I could not use the service'), ('other', 'Something else')], max_length=20)),
                ('about', models.CharField(choices=[('applications', 'Applications and renewals'), ('licences', 'Licences, conditions and changes'), ('visits', 'Visits and inspections'), ('reports', 'Reports of problems at work'), ('look_up', 'The public register'), ('letters', 'Letters, emails and telephone calls'), ('other', 'Another part')], max_length=20)),
                ('channel', models.CharField(choices=[('form', 'Form on this site'), ('telephone', 'Telephone'), ('email', 'Email'), ('post', 'Post'), ('in_person', 'In person')], max_length=20)),
                ('language', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('name', models.CharField(blank=True, max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('received_at', models.DateTimeField()),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('partly', 'Partly upheld'), ('not_upheld', 'Not upheld')], max_length=20)),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('review_because', models.TextField(blank=True, help_text='why a second look was asked for')),
                ('review_asked_at', models.DateTimeField(blank=True, null=True)),
                ('review_outcome', models.CharField(blank=True, choices=[('upheld', 'Upheld'), ('partly', 'Partly upheld'), ('not_upheld', 'Not upheld')], max_length=20)),
                ('review_answer', models.TextField(blank=True)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('record_complaints', 'Record a complaint about our service'), ('answer_complaints', 'Read and answer complaints about our service'), ('review_complaints', 'Look again at a complaint that someone else answered')],
                'indexes': [models.Index(fields=['-received_at', '-id'], name='complaint_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='complaint_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('outcome', ''), ('status', 'complaint_received')), models.Q(models.Q(('status', 'complaint_received'), _negated=True), ('answer__gt', ''), ('answered_at__isnull', False), ('answered_by__isnull', False), ('outcome__gt', '')), _connector='OR'), name='complaint_answered_whole'), models.CheckConstraint(condition=models.Q(models.Q(('review_outcome', ''), ('reviewed_by', None)), models.Q(('review_answer__gt', ''), ('review_outcome__gt', ''), ('reviewed_by__isnull', False), models.Q(('reviewed_by', models.F('answered_by')), _negated=True)), _connector='OR'), name='complaint_reviewed_by_another')],
            },
        ),
        CreateGuards("registry", of_complaints),
    ]
