"""What becomes of reports, and by when: a clock for each, those that are already there included."""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.utils import timezone
from django.db import migrations, models


# By what reporters have answered until now: place, code, hours to decide, days to tell.
TIMES = {"yes": (0, "life", 1, 5), "not_sure": (1, "harm", 4, 10), "no": (3, "other", 72, 40)}


def begin_clocks(apps, schema_editor):
    """Counted from when each came. What was done with it before is not decided after the event: it is open, and late."""
    Report = apps.get_model("compliance", "Report")
    for report in Report.objects.only("danger", "received_at").iterator():
        urgency, priority, hours, days = TIMES[report.danger]
        Report.objects.filter(pk=report.pk).update(
            urgency=urgency,
            priority=priority,
            decide_by=report.received_at + datetime.timedelta(hours=hours),
            tell_by=timezone.localdate(report.received_at) + datetime.timedelta(days=days),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0010_replies_to_signals'),
        ('registry', '0026_lists_need_no_migration'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportClue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('value', models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='ReportLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('duplicate', 'The same thing, reported again'), ('linked', 'Belong together'), ('apart', 'Have nothing to do with each other')], max_length=10)),
                ('because', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ReportTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('standard', 'Licensing standard'), ('indicator', 'Indicator of forced labour')], max_length=10)),
                ('scheme', models.CharField(max_length=60)),
                ('code', models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='ReportTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(help_text='of the original, as the translator calls it', max_length=100)),
                ('text', models.TextField()),
                ('translator', models.CharField(help_text='who translated it; often not who typed it', max_length=200)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Triage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('danger', 'Immediate danger: somebody was called'), ('intelligence', 'To intelligence'), ('inspection', 'To inspection'), ('licensing', 'To whoever decides on the application or licence'), ('agency', 'To another authority'), ('no_action', 'No further action')], max_length=20)),
                ('priority', models.CharField(max_length=20)),
                ('because', models.TextField()),
                ('called', models.TextField(blank=True, help_text='who was called, when, and what they said')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AlterModelOptions(
            name='report',
            options={'permissions': [('handle_reports', 'Read what people report, ask them, and say what became of it'), ('count_reports', 'See how many reports are overdue, and nothing of them'), ('take_reports', 'Write down what somebody reports by telephone, by post or in person')]},
        ),
        migrations.AddField(
            model_name='report',
            name='agency',
            field=models.ForeignKey(blank=True, help_text='that told it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency'),
        ),
        migrations.AddField(
            model_name='report',
            name='channel',
            field=models.CharField(choices=[('page', 'The page on which anybody reports'), ('telephone', 'A telephone call'), ('post', 'A letter or an email'), ('agency', 'Another authority'), ('officer', 'An officer who saw or heard it')], default='page', max_length=10),
        ),
        migrations.AddField(
            model_name='report',
            name='decide_by',
            field=models.DateTimeField(default=datetime.datetime(2000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), help_text='by when a person says what becomes of it'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='report',
            name='decision',
            field=models.CharField(blank=True, choices=[('danger', 'Immediate danger: somebody was called'), ('intelligence', 'To intelligence'), ('inspection', 'To inspection'), ('licensing', 'To whoever decides on the application or licence'), ('agency', 'To another authority'), ('no_action', 'No further action')], max_length=20),
        ),
        migrations.AddField(
            model_name='report',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='whom it is about, by the number it names or as a person has found out', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.organisation'),
        ),
        migrations.AddField(
            model_name='report',
            name='priority',
            field=models.CharField(default='other', help_text='code of the pack', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='report',
            name='tell_by',
            field=models.DateField(default=datetime.date(2000, 1, 1), help_text='by when the reporter is told'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='report',
            name='urgency',
            field=models.PositiveSmallIntegerField(default=2, help_text='place of the priority in the pack: 0 is the most urgent'),
            preserve_default=False,
        ),
        migrations.RunPython(begin_clocks, migrations.RunPython.noop),
        migrations.AddField(
            model_name='reportclue',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clues', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='reportlink',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reportlink',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to_later', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='reportlink',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_to_earlier', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='reporttag',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='reporttranslation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reporttranslation',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='triage',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency'),
        ),
        migrations.AddField(
            model_name='triage',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='triage',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='triages', to='compliance.report'),
        ),
        migrations.AddField(
            model_name='report',
            name='is_decided',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('decision', ''), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.AddField(
            model_name='report',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status', 'done')), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['is_over', 'is_decided', 'urgency', 'decide_by', 'id'], name='report_urgent_first'),
        ),
        migrations.AddConstraint(
            model_name='reportclue',
            constraint=models.UniqueConstraint(fields=('kind', 'value', 'report'), name='report_clue_once'),
        ),
        migrations.AddConstraint(
            model_name='reportlink',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='report_link_once'),
        ),
        migrations.AddConstraint(
            model_name='reportlink',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='report_link_older_first'),
        ),
        migrations.AddConstraint(
            model_name='reportlink',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='report_link_says_why'),
        ),
        migrations.AddIndex(
            model_name='reporttag',
            index=models.Index(fields=['kind', 'code', 'report'], name='report_tag_by_code'),
        ),
        migrations.AddConstraint(
            model_name='reporttag',
            constraint=models.UniqueConstraint(fields=('report', 'kind', 'scheme', 'code'), name='report_tag_once'),
        ),
        migrations.AddConstraint(
            model_name='triage',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='triage_says_why'),
        ),
        migrations.AddConstraint(
            model_name='triage',
            constraint=models.CheckConstraint(condition=models.Q(('called', ''), ('decision', 'danger'), _negated=True), name='triage_of_danger_says_who_was_called'),
        ),
        migrations.AddConstraint(
            model_name='triage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'agency'), _negated=True), ('agency__isnull', False), _connector='OR'), name='triage_to_agency_says_which'),
        ),
    ]
