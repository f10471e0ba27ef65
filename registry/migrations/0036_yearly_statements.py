"""Yearly statements, signed by two people, and the opinion of the independent reviewer on each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import ALWAYS, Guard, CreateGuards, changed, stays

STATEMENT, OPINION = "registry_yearlystatement", "registry_statementopinion"
SAYS = "a yearly statement stays as it was written and signed"
GIVEN = ("id", "code", "publish_by", "announced_by_id", "announced_at")
WRITTEN = ("version_id", "did", "worked", "did_not_work", "changes", "written_by_id", "written_at")
SIGNED = ("signed_by_id", "signed_at", "countersigned_by_id", "countersigned_at")


def of_statements(_vendor):
    """The text is open only until it is written; what the public reads is not changed, and an opinion never."""
    fixed = f"{changed(*GIVEN)} OR OLD.status <> 'statement_announced' AND ({changed(*WRITTEN)})"
    published = f"OLD.countersigned_at IS NOT NULL AND ({changed(*SIGNED)} OR NEW.status <> 'statement_reviewed')"
    yield Guard("yearly_statement_update", STATEMENT, "UPDATE", f"{fixed} OR {published}", SAYS)
    yield Guard("yearly_statement_delete", STATEMENT, "DELETE", ALWAYS, SAYS)
    yield from stays(OPINION, "statement_opinion", "an opinion is neither changed nor deleted")


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0035_agreements_take_two'),
    ]

    operations = [
        migrations.CreateModel(
            name='YearlyStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='the year', max_length=4, unique=True)),
                ('publish_by', models.DateField(help_text='the announced day')),
                ('status', models.CharField(choices=[('statement_announced', 'Day announced'), ('statement_written', 'Waiting for the first signature'), ('statement_signed', 'Waiting for the second signature'), ('statement_published', 'Published'), ('statement_reviewed', 'Published with an opinion')], default='statement_announced', max_length=20)),
                ('did', models.TextField(blank=True, help_text='what we did; public')),
                ('worked', models.TextField(blank=True, help_text='what worked; public')),
                ('did_not_work', models.TextField(blank=True, help_text='what did not work; public')),
                ('changes', models.TextField(blank=True, help_text='what changes because of it; public')),
                ('announced_at', models.DateTimeField()),
                ('written_at', models.DateTimeField(blank=True, null=True)),
                ('signed_at', models.DateTimeField(blank=True, null=True)),
                ('countersigned_at', models.DateTimeField(blank=True, null=True)),
                ('announced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(blank=True, help_text='whose frozen tables give the figures of the year', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.editionversion')),
                ('written_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('review_independently', 'Read as the independent reviewer, and give an opinion')],
            },
        ),
        migrations.CreateModel(
            name='StatementOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(help_text='public')),
                ('given_at', models.DateTimeField()),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opinion', to='registry.yearlystatement')),
            ],
        ),
        migrations.AddConstraint(
            model_name='yearlystatement',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'statement_announced'), models.Q(('changes__gt', ''), ('did__gt', ''), ('did_not_work__gt', ''), ('version__isnull', False), ('worked__gt', '')), _connector='OR'), name='yearly_statement_says_all'),
        ),
        migrations.AddConstraint(
            model_name='yearlystatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('countersigned_at', None), ('countersigned_by', None)), models.Q(('countersigned_at__isnull', False), ('countersigned_by__isnull', False), ('signed_by__isnull', False), models.Q(('countersigned_by', models.F('signed_by')), _negated=True)), _connector='OR'), name='yearly_statement_signed_by_two'),
        ),
        migrations.AddConstraint(
            model_name='yearlystatement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('statement_published', 'statement_reviewed')), _negated=True), ('countersigned_at__isnull', False), _connector='OR'), name='yearly_statement_published_signed'),
        ),
        migrations.AddConstraint(
            model_name='statementopinion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='statement_opinion_says_something'),
        ),
        CreateGuards("registry", of_statements),
    ]
