"""The tables: applications, checks, payments, decisions, conditions, appeals, transfers.

They stand for all migrations before the first release; the guards are created by the next (docs/decisions/0068).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._tables import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("licensing", "0001_initial"),
        ("licensing", "0002_decisions_stay_as_they_were_taken"),
        ("licensing", "0003_open_cases_first"),
        ("licensing", "0004_case_marks"),
        ("licensing", "0005_renewals"),
        ("licensing", "0006_messages_and_paces"),
        ("licensing", "0007_payments_by_card_and_statement"),
        ("licensing", "0008_answers_know_their_version"),
        ("licensing", "0009_holding"),
        ("licensing", "0010_parts"),
        ("licensing", "0011_papers"),
        ("licensing", "0012_paper_is_decided_by_another"),
        ("licensing", "0013_grounds_evidence_and_replies"),
        ("licensing", "0014_no_part_in_a_conflict"),
        ("licensing", "0015_replies_are_rows"),
        ("licensing", "0016_reasons_to_inspect_set_aside"),
        ("licensing", "0017_conditions_are_decided"),
        ("licensing", "0018_conditions_are_modified"),
        ("licensing", "0019_look_alikes"),
        ("licensing", "0020_figures"),
        ("licensing", "0021_appeals"),
        ("licensing", "0022_notes"),
        ("licensing", "0023_look_alikes_are_listed"),
        ("licensing", "0024_transfers"),
        ("licensing", "0025_appeals_go_on"),
    ]

    initial = True

    dependencies = [
        ("compliance", "0001_tables"),
        ("registry", "0001_tables"),
    ]

    operations = [
        CreateTables(
            migrations.CreateModel(
                name="Application",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications",
                            to="registry.organisation",
                        ),
                    ),
                    ("scheme", models.CharField(max_length=60)),
                    ("version", models.DateField(blank=True, help_text="pinned on submission", null=True)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("draft", "Draft"),
                                ("submitted", "Submitted"),
                                ("assessing", "Being assessed"),
                                ("awaiting_applicant", "Waiting for the applicant"),
                                ("granted", "Granted"),
                                ("refused", "Refused"),
                                ("withdrawn", "Withdrawn"),
                            ],
                            default="draft",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(
                                ("status__in", ["draft", "submitted", "assessing", "awaiting_applicant"]), _negated=True
                            ),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    (
                        "renews",
                        models.ForeignKey(
                            blank=True,
                            help_text="the licence that is to be renewed; none when a new one is asked for",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="renewals",
                            to="registry.licence",
                        ),
                    ),
                    (
                        "alters",
                        models.ForeignKey(
                            blank=True,
                            help_text="the licence that goes on and is to be altered",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="alterations",
                            to="registry.licence",
                        ),
                    ),
                    (
                        "altering",
                        models.CharField(blank=True, help_text="code of the kind of change in the pack", max_length=60),
                    ),
                    (
                        "started_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("started_at", models.DateTimeField()),
                    ("submitted_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "signed_name",
                        models.CharField(
                            blank=True, help_text="the principal authority who signed the declaration", max_length=200
                        ),
                    ),
                    (
                        "facts",
                        models.JSONField(
                            default=dict, help_text="the answers by key as handed in: what conditions in the pack judge"
                        ),
                    ),
                    ("fee_band", models.CharField(blank=True, max_length=10)),
                    ("fee", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                    ("payment_reference", models.CharField(blank=True, max_length=12, null=True, unique=True)),
                    (
                        "case_officer",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications_in_hand",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "licence",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications",
                            to="registry.licence",
                        ),
                    ),
                ],
                options={
                    "permissions": [
                        ("apply", "Apply for a licence"),
                        ("view_applications", "See every application that has been handed in"),
                        ("enter_paper_application", "Type in an application that came on paper"),
                        ("assess_application", "Take an application and assess it"),
                        ("view_figures", "See the figures of the work"),
                        ("assign_application", "Assign applications to case officers"),
                        ("record_check", "Record the reply to a check"),
                        ("ask_applicant", "Ask the applicant for what is missing"),
                        ("record_payment", "Record a payment"),
                    ],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("submitted_at__isnull", False)),
                            fields=["is_over", "submitted_at", "id", "status"],
                            name="application_in_hand_first",
                        ),
                        models.Index(fields=["submitted_at", "id"], name="application_by_day"),
                        models.Index(fields=["status", "is_over", "submitted_at", "id"], name="application_by_status"),
                        models.Index(
                            fields=["case_officer", "is_over", "submitted_at", "id"], name="application_by_officer"
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["draft", "withdrawn"]),
                                models.Q(
                                    ("fee__isnull", False), ("submitted_at__isnull", False), ("version__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="application_handed_in_is_pinned",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("licence__isnull", False), ("status", "granted")),
                                models.Q(models.Q(("status", "granted"), _negated=True), ("licence", None)),
                                _connector="OR",
                            ),
                            name="application_granted_has_licence",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ["draft", "submitted", "assessing", "awaiting_applicant"])
                            ),
                            fields=("renews",),
                            name="renewal_one_open_each",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("status__in", ["draft", "submitted", "assessing", "awaiting_applicant"])
                            ),
                            fields=("alters", "altering"),
                            name="altering_one_open_each",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CaseMark",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="marks",
                            to="licensing.application",
                        ),
                    ),
                    ("mark", models.CharField(max_length=80)),
                    ("is_over", models.BooleanField()),
                    ("submitted_at", models.DateTimeField()),
                    (
                        "due_on",
                        models.DateField(
                            help_text="unanswered: the day the first of its open checks was due", null=True
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(
                            fields=["mark", "is_over", "submitted_at", "application", "due_on"],
                            name="case_mark_in_hand_first",
                        )
                    ],
                    "constraints": [models.UniqueConstraint(fields=("application", "mark"), name="case_mark_once")],
                },
            ),
            migrations.CreateModel(
                name="InformationRequest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="requests",
                            to="licensing.application",
                        ),
                    ),
                    ("question", models.TextField()),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    ("due_on", models.DateField()),
                    ("answer", models.TextField(blank=True)),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("answered_at", None)),
                            fields=("application",),
                            name="request_one_open_each",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Transfer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "licence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="registry.licence"
                        ),
                    ),
                    (
                        "to_name",
                        models.CharField(help_text="the other business, as the holder calls it", max_length=200),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            blank=True,
                            help_text="of the other business, for a licence of its own",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="transfers",
                            to="licensing.application",
                        ),
                    ),
                    ("from_day", models.DateField(help_text="first day on which the other business is to be licensed")),
                    ("because", models.TextField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("asked", "Waits for the other business"),
                                ("agreed", "Both agree, to be decided"),
                                ("declined", "The other business does not agree"),
                                ("withdrawn", "Withdrawn"),
                                ("consented", "Consented to"),
                                ("refused", "Refused"),
                            ],
                            default="asked",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(("status__in", ["asked", "agreed"]), _negated=True),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("asked_at", models.DateTimeField()),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            help_text="for the other business",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("answered_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "became",
                        models.ForeignKey(
                            blank=True,
                            help_text="the licence of the other business",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="came_of",
                            to="registry.licence",
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["is_over", "asked_at", "id", "status"], name="transfer_open_first"),
                        models.Index(fields=["asked_at", "id"], name="transfer_by_day"),
                        models.Index(fields=["status", "is_over", "asked_at", "id"], name="transfer_by_status"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["asked", "agreed"])),
                            fields=("licence",),
                            name="transfer_one_open_of_licence",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("because__gt", ""), ("to_name__gt", "")), name="transfer_says_why"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answered_at", None), ("answered_by", None)),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    ("answered_by__isnull", False),
                                    ("application__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="transfer_answered_by_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["agreed", "declined"]), _negated=True),
                                ("answered_by__isnull", False),
                                _connector="OR",
                            ),
                            name="transfer_agreed_was_answered",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("became__isnull", False), ("status", "consented")),
                                models.Q(models.Q(("status", "consented"), _negated=True), ("became", None)),
                                _connector="OR",
                            ),
                            name="transfer_consented_has_licence",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CardPayment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "reference",
                        models.CharField(
                            help_text="ours: a repeated request bears the same", max_length=20, unique=True
                        ),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="card_payments",
                            to="licensing.application",
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("created", "Not handed over yet"),
                                ("started", "Under way"),
                                ("success", "Paid"),
                                ("failed", "Declined"),
                                ("cancelled", "Cancelled"),
                                ("expired", "Not finished in time"),
                            ],
                            default="created",
                            max_length=20,
                        ),
                    ),
                    (
                        "provider_id",
                        models.CharField(
                            blank=True,
                            help_text="the provider's name for it; none until it answers",
                            max_length=100,
                            null=True,
                            unique=True,
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            blank=True, help_text="the provider's reason why nothing came of it", max_length=40
                        ),
                    ),
                    (
                        "begun_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("begun_at", models.DateTimeField()),
                    ("finished_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "indexes": [
                        models.Index(
                            condition=models.Q(("status__in", ["created", "started"])),
                            fields=["begun_at"],
                            name="card_payment_unfinished",
                        )
                    ],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="card_payment_is_positive"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["created", "expired"]), ("provider_id__isnull", False), _connector="OR"
                            ),
                            name="card_payment_handed_over_is_known",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["created", "started"])),
                            fields=("application",),
                            name="card_payment_one_open_each",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Change",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "licence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="registry.licence"
                        ),
                    ),
                    ("kind", models.CharField(help_text="code of the kind in the pack", max_length=60)),
                    ("version", models.DateField(help_text="of the scheme, on the day on which it was told")),
                    ("data", models.JSONField(default=dict, help_text="the answers, by key")),
                    (
                        "item",
                        models.CharField(
                            blank=True, help_text="the thing of a list that is added or leaves", max_length=12
                        ),
                    ),
                    (
                        "role",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="registry.role",
                        ),
                    ),
                    (
                        "called",
                        models.CharField(blank=True, help_text="who or what is added or leaves", max_length=200),
                    ),
                    ("happened_on", models.DateField()),
                    (
                        "due_on",
                        models.DateField(
                            blank=True, help_text="the last day to tell it; none: as soon as practicable", null=True
                        ),
                    ),
                    ("days_late", models.PositiveIntegerField(default=0, help_text="in working days")),
                    (
                        "told_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("told_at", models.DateTimeField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("told", "Told, to be looked at"),
                                ("accepted", "Accepted"),
                                ("noted", "Noted"),
                                ("refused", "Not accepted"),
                            ],
                            default="told",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(("status", "told"), _negated=True),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    ("because", models.TextField(blank=True, help_text="why it was refused")),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "permissions": [
                        ("view_changes", "See what holders say has changed"),
                        ("handle_changes", "Accept, refuse or note what a holder says has changed"),
                    ],
                    "indexes": [
                        models.Index(fields=["is_over", "told_at", "id", "status"], name="change_open_first"),
                        models.Index(fields=["told_at", "id"], name="change_by_day"),
                        models.Index(fields=["status", "is_over", "told_at", "id"], name="change_by_status"),
                        models.Index(fields=["kind", "is_over", "told_at", "id"], name="change_by_kind"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None), ("status", "told")),
                                models.Q(
                                    models.Q(("status", "told"), _negated=True),
                                    ("closed_at__isnull", False),
                                    ("closed_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="change_closed_has_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "refused"), _negated=True), ("because__gt", ""), _connector="OR"
                            ),
                            name="change_refused_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("closed_by", None),
                                models.Q(("closed_by", models.F("told_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="change_closed_by_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StartOfSupply",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "licence",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="start_of_supply",
                            to="registry.licence",
                        ),
                    ),
                    ("began_on", models.DateField()),
                    ("due_on", models.DateField(help_text="the last day to tell it")),
                    ("days_late", models.PositiveIntegerField(default=0, help_text="in working days")),
                    (
                        "told_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("told_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="DeskCheck",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "condition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="desk_checks",
                            to="registry.condition",
                        ),
                    ),
                    ("is_met", models.BooleanField()),
                    ("text", models.TextField(help_text="what was looked at, and what it shows")),
                    (
                        "checked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="desk_checks",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("checked_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text__gt", "")), name="desk_check_says_something")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "condition",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="evidence",
                            to="registry.condition",
                        ),
                    ),
                    ("text", models.TextField()),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("sent_at", models.DateTimeField()),
                ],
                options={
                    "indexes": [models.Index(fields=["condition", "sent_at"], name="evidence_of_condition")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text__gt", "")), name="evidence_says_something")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Check",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "application",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "change",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="licensing.change",
                        ),
                    ),
                    (
                        "code",
                        models.CharField(
                            help_text="of the check in the pack, or of one that the registry makes itself",
                            max_length=60,
                        ),
                    ),
                    ("subject", models.CharField(max_length=200)),
                    (
                        "person",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="registry.person",
                        ),
                    ),
                    (
                        "agency",
                        models.ForeignKey(
                            blank=True,
                            help_text="to which it is put; none: an officer asks, or the registry answers itself",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="registry.agency",
                        ),
                    ),
                    ("sent_on", models.DateField()),
                    ("due_on", models.DateField()),
                    (
                        "asked_at",
                        models.DateTimeField(blank=True, help_text="when the authority was first asked", null=True),
                    ),
                    (
                        "chase_on",
                        models.DateField(blank=True, help_text="when the authority is reminded next", null=True),
                    ),
                    (
                        "looked_at",
                        models.DateTimeField(
                            blank=True, help_text="when the registry last looked by itself", null=True
                        ),
                    ),
                    (
                        "result",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("nil", "Nil return"),
                                ("adverse", "Adverse"),
                                ("no_trace", "No trace"),
                                ("no_reply", "No reply"),
                                ("not_applicable", "Not applicable"),
                                ("look", "To be looked at"),
                                ("not_needed", "Not needed any more"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("replied_on", models.DateField(blank=True, null=True)),
                    (
                        "handling",
                        models.JSONField(
                            default=dict,
                            help_text="what may be done with a reply that says nothing of it: as the pack has it",
                        ),
                    ),
                ],
                options={
                    "permissions": [
                        ("read_replies", "Read what other authorities reply, restricted or not"),
                        ("answer_checks", "Answer the checks that are put to one's own authority"),
                    ],
                    "indexes": [
                        models.Index(fields=["application", "result", "due_on"], name="check_of_case"),
                        models.Index(
                            condition=models.Q(("result", "")), fields=["due_on", "id"], name="check_open_by_due"
                        ),
                        models.Index(
                            condition=models.Q(("result", ""), _negated=True),
                            fields=["replied_on", "id"],
                            name="check_answered_by_day",
                        ),
                        models.Index(fields=["agency", "result", "due_on", "id"], name="check_of_agency"),
                        models.Index(
                            condition=models.Q(("chase_on__isnull", False), ("result", "")),
                            fields=["chase_on"],
                            name="check_to_be_chased",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("application__isnull", False), ("change", None)),
                                models.Q(("application", None), ("change__isnull", False)),
                                _connector="OR",
                            ),
                            name="check_is_about_one_case",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("replied_on", None), ("result__in", ["", "not_needed"])),
                                models.Q(
                                    models.Q(("result__in", ["", "not_needed"]), _negated=True),
                                    ("replied_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="check_result_has_a_day",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Asking",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "asked",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="askings", to="licensing.check"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("request", "Asked"), ("file", "Asked by file"), ("chaser", "Reminded")],
                            max_length=10,
                        ),
                    ),
                    (
                        "agency",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.agency"
                        ),
                    ),
                    (
                        "letter",
                        models.ForeignKey(
                            blank=True,
                            help_text="that told it",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="registry.letter",
                        ),
                    ),
                    (
                        "request",
                        models.UUIDField(
                            blank=True,
                            help_text="under which a file asked it, and its reply answers",
                            null=True,
                            unique=True,
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "indexes": [models.Index(fields=["asked", "at"], name="asking_of_check")],
                },
            ),
            migrations.CreateModel(
                name="Reply",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "asked",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="replies", to="licensing.check"
                        ),
                    ),
                    (
                        "result",
                        models.CharField(
                            choices=[
                                ("nil", "Nil return"),
                                ("adverse", "Adverse"),
                                ("no_trace", "No trace"),
                                ("no_reply", "No reply"),
                                ("not_applicable", "Not applicable"),
                                ("look", "To be looked at"),
                                ("not_needed", "Not needed any more"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("evidence", models.TextField(blank=True)),
                    (
                        "items",
                        models.JSONField(
                            default=list, help_text="what it says one by one: code, date, summary, reference"
                        ),
                    ),
                    ("may_be_shown_to_subject", models.BooleanField()),
                    ("may_be_passed_on", models.BooleanField()),
                    (
                        "restriction",
                        models.TextField(blank=True, help_text="in the words of the authority, or of the pack"),
                    ),
                    (
                        "answered_by",
                        models.CharField(blank=True, help_text="who answered, at the authority", max_length=200),
                    ),
                    ("replied_on", models.DateField()),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("officer", "Written down by an officer"),
                                ("agency", "Given here by the authority itself"),
                                ("file", "In a file of the authority"),
                                ("system", "Looked up by this service"),
                            ],
                            max_length=10,
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("recorded_at", models.DateTimeField()),
                    (
                        "digest",
                        models.CharField(
                            blank=True, help_text="of the file's answer: the same one changes nothing", max_length=64
                        ),
                    ),
                    ("sanitised", models.TextField(blank=True, help_text="what may be said of it to anybody")),
                    (
                        "sanitised_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("sanitised_at", models.DateTimeField(blank=True, null=True)),
                    ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "verbose_name_plural": "replies",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("replaced_at", None)), fields=("asked",), name="reply_one_standing"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("recorded_by", None), ("way", "system")),
                                ("recorded_by__isnull", False),
                                _connector="OR",
                            ),
                            name="reply_has_recorder",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("result", "adverse"), _negated=True), ("evidence__gt", ""), _connector="OR"
                            ),
                            name="reply_adverse_has_evidence",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("sanitised", ""), ("sanitised_at", None), ("sanitised_by", None)),
                                models.Q(
                                    ("sanitised__gt", ""),
                                    ("sanitised_at__isnull", False),
                                    ("sanitised_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="reply_sanitised_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Release",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "reply",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="licensing.reply"
                        ),
                    ),
                    ("to_subject", models.BooleanField()),
                    ("to_others", models.BooleanField()),
                    ("given_by", models.CharField(max_length=200)),
                    ("given_on", models.DateField()),
                    ("words", models.TextField()),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("recorded_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("to_subject", True), ("to_others", True), _connector="OR"),
                            name="release_says_of_what",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("given_by__gt", ""), ("words__gt", "")), name="release_has_words"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("grant", "Grant"),
                                ("refuse", "Refuse"),
                                ("suspend", "Suspend"),
                                ("revoke", "Revoke"),
                                ("surrender", "Surrender"),
                                ("lift", "Lift a suspension"),
                                ("impose", "Add a condition"),
                                ("vary", "Vary a condition"),
                                ("extend", "Give more time for a condition"),
                                ("discharge", "Discharge a condition"),
                                ("fail", "Find a condition failed"),
                                ("allow_transfer", "Consent to a transfer"),
                                ("refuse_transfer", "Refuse a transfer"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "licence",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="registry.licence",
                        ),
                    ),
                    (
                        "condition",
                        models.ForeignKey(
                            blank=True,
                            help_text="of the licence",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="registry.condition",
                        ),
                    ),
                    (
                        "transfer",
                        models.ForeignKey(
                            blank=True,
                            help_text="of the licence",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="licensing.transfer",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("proposed", "Proposed"),
                                ("notified", "Notified, being heard"),
                                ("decided", "Decided"),
                                ("dropped", "Dropped"),
                            ],
                            default="proposed",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(("status__in", ["proposed", "notified"]), _negated=True),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    ("starts", models.DateField(blank=True, help_text="grant: first day of the licence", null=True)),
                    (
                        "takes_effect",
                        models.DateField(
                            blank=True,
                            help_text="suspend, revoke, surrender: first day without the licence; lift: first day with it again; a modification: first day on which it holds; a transfer: first day on which the other is licensed",
                            null=True,
                        ),
                    ),
                    ("until", models.DateField(blank=True, help_text="suspend: last day of the suspension", null=True)),
                    ("immediate", models.BooleanField(default=False)),
                    ("because", models.TextField(help_text="why it is proposed; the subject reads it in the notice")),
                    (
                        "points",
                        models.PositiveIntegerField(
                            blank=True, help_text="the score of the inspections relied on", null=True
                        ),
                    ),
                    ("score_proposes", models.CharField(blank=True, max_length=30)),
                    (
                        "departs_because",
                        models.TextField(blank=True, help_text="why the outcome departs from what the score proposes"),
                    ),
                    (
                        "weighed",
                        models.TextField(blank=True, help_text="what the aggravating and mitigating factors rest on"),
                    ),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions_proposed",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("proposed_at", models.DateTimeField()),
                    (
                        "notified_at",
                        models.DateTimeField(blank=True, help_text="when the last notice was sent", null=True),
                    ),
                    (
                        "reply_by",
                        models.DateField(
                            blank=True, help_text="last day for the subject to reply to the last notice", null=True
                        ),
                    ),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions_taken",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("decided_at", models.DateTimeField(blank=True, null=True)),
                    ("decided_because", models.TextField(blank=True, help_text="the reasons of whoever decided")),
                    (
                        "appeal_by",
                        models.DateField(blank=True, help_text="last day on which an appeal may arrive", null=True),
                    ),
                    (
                        "inspections",
                        models.ManyToManyField(blank=True, related_name="decisions", to="compliance.inspection"),
                    ),
                ],
                options={
                    "permissions": [
                        ("view_decisions", "See every decision"),
                        ("propose_decision", "Propose a decision"),
                        ("notify_decision", "Notify the subject of a proposed decision"),
                        ("decide", "Take a decision that another has proposed"),
                    ],
                    "indexes": [
                        models.Index(fields=["is_over", "proposed_at", "id", "status"], name="decision_open_first"),
                        models.Index(fields=["proposed_at", "id"], name="decision_by_day"),
                        models.Index(fields=["status", "is_over", "proposed_at", "id"], name="decision_by_status"),
                        models.Index(fields=["kind", "is_over", "proposed_at", "id"], name="decision_by_kind"),
                        models.Index(fields=["reply_by", "id"], name="decision_by_reply"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("application__isnull", False), ("kind__in", ["grant", "refuse"]), ("licence", None)
                                ),
                                models.Q(
                                    ("application", None),
                                    (
                                        "kind__in",
                                        [
                                            "suspend",
                                            "revoke",
                                            "surrender",
                                            "lift",
                                            "impose",
                                            "vary",
                                            "extend",
                                            "discharge",
                                            "fail",
                                            "allow_transfer",
                                            "refuse_transfer",
                                        ],
                                    ),
                                    ("licence__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="decision_has_one_subject",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("condition__isnull", False), ("kind__in", ["vary", "extend", "discharge", "fail"])
                                ),
                                models.Q(
                                    models.Q(("kind__in", ["vary", "extend", "discharge", "fail"]), _negated=True),
                                    ("condition", None),
                                ),
                                _connector="OR",
                            ),
                            name="decision_names_its_condition",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("kind__in", ["allow_transfer", "refuse_transfer"]), ("transfer__isnull", False)
                                ),
                                models.Q(
                                    models.Q(("kind__in", ["allow_transfer", "refuse_transfer"]), _negated=True),
                                    ("transfer", None),
                                ),
                                _connector="OR",
                            ),
                            name="decision_names_its_transfer",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by", None),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="decision_taken_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("decided_at__isnull", False), ("decided_by__isnull", False), ("status", "decided")
                                ),
                                models.Q(
                                    models.Q(("status", "decided"), _negated=True),
                                    ("decided_at", None),
                                    ("decided_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="decision_decided_has_decider",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "decided"), _negated=True),
                                ("decided_because__gt", ""),
                                _connector="OR",
                            ),
                            name="decision_decided_has_reasons",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "decided"), _negated=True),
                                ("kind__in", ["grant", "surrender", "lift", "extend", "discharge", "allow_transfer"]),
                                models.Q(("notified_at__isnull", False), ("reply_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="decision_adverse_was_notified",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("application__isnull", False), ("status__in", ["proposed", "notified"])
                            ),
                            fields=("application",),
                            name="decision_one_open_on_application",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(
                                ("condition", None),
                                ("licence__isnull", False),
                                ("status__in", ["proposed", "notified"]),
                            ),
                            fields=("licence",),
                            name="decision_one_open_on_licence",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("condition__isnull", False), ("status__in", ["proposed", "notified"])),
                            fields=("condition",),
                            name="decision_one_open_on_condition",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Appeal",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="licensing.decision"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("told", "Told, to be confirmed"),
                                ("received", "Received, to be acknowledged"),
                                ("acknowledged", "Waiting for our reply"),
                                ("with_tribunal", "With the tribunal"),
                                ("listed", "Hearing fixed"),
                                ("ended", "Ended, to be carried out"),
                                ("closed", "Closed"),
                                ("disregarded", "No appeal arrived"),
                            ],
                            default="told",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(
                                (
                                    "status__in",
                                    ["told", "received", "acknowledged", "with_tribunal", "listed", "ended"],
                                ),
                                _negated=True,
                            ),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    (
                        "told_by",
                        models.ForeignKey(
                            blank=True,
                            help_text="for the appellant",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("told_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "sent_on",
                        models.DateField(
                            blank=True, help_text="when the appellant says that it sent the notice", null=True
                        ),
                    ),
                    (
                        "received_on",
                        models.DateField(
                            blank=True, help_text="when the notice arrived with the secretariat", null=True
                        ),
                    ),
                    ("number", models.CharField(blank=True, help_text="of the secretariat", max_length=60)),
                    ("grounds", models.TextField(blank=True)),
                    (
                        "extended",
                        models.BooleanField(default=False, help_text="the tribunal has taken it although it was late"),
                    ),
                    (
                        "stays",
                        models.BooleanField(
                            default=False, help_text="what was decided waits for the end of the appeal"
                        ),
                    ),
                    (
                        "received_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "received_at",
                        models.DateTimeField(blank=True, help_text="when it was written down here", null=True),
                    ),
                    (
                        "copied_on",
                        models.DateField(blank=True, help_text="when the copy came to the authority", null=True),
                    ),
                    ("reply_by", models.DateField(blank=True, null=True)),
                    (
                        "decide_by",
                        models.DateField(blank=True, help_text="of an appeal against immediate effect", null=True),
                    ),
                    ("replied_on", models.DateField(blank=True, null=True)),
                    ("reply_text", models.TextField(blank=True)),
                    (
                        "barred_on",
                        models.DateField(blank=True, help_text="since when the authority takes no part", null=True),
                    ),
                    (
                        "leave_on",
                        models.DateField(
                            blank=True, help_text="when the tribunal let it take part after all", null=True
                        ),
                    ),
                    (
                        "on_paper",
                        models.BooleanField(
                            default=False, help_text="both sides agree that it is decided without a hearing"
                        ),
                    ),
                    ("fix_by", models.DateField(blank=True, null=True)),
                    ("hearing_on", models.DateField(blank=True, null=True)),
                    ("hearing_place", models.CharField(blank=True, max_length=200)),
                    ("statements_by", models.DateField(blank=True, null=True)),
                    (
                        "statements_on",
                        models.DateField(blank=True, help_text="when we sent names and signed statements", null=True),
                    ),
                    ("representations_by", models.DateField(blank=True, null=True)),
                    (
                        "representations_on",
                        models.DateField(blank=True, help_text="when we sent what we say in writing", null=True),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            blank=True,
                            choices=[("allowed", "Allowed"), ("dismissed", "Dismissed"), ("withdrawn", "Withdrawn")],
                            max_length=20,
                        ),
                    ),
                    (
                        "ended_on",
                        models.DateField(
                            blank=True, help_text="of the decision, or of the notice of the withdrawal", null=True
                        ),
                    ),
                    (
                        "effect_on",
                        models.DateField(blank=True, help_text="from which day the outcome holds", null=True),
                    ),
                    ("outcome_because", models.TextField(blank=True, help_text="the reasons of the tribunal in short")),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
                            help_text="who wrote it down",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            help_text="who carried it out",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "permissions": [
                        ("view_appeals", "See every appeal"),
                        ("handle_appeals", "Write down what becomes of an appeal"),
                    ],
                    "indexes": [
                        models.Index(fields=["is_over", "id", "status"], name="appeal_open_first"),
                        models.Index(fields=["status", "is_over", "id"], name="appeal_by_status"),
                        models.Index(fields=["received_on", "id"], name="appeal_by_day"),
                        models.Index(fields=["reply_by", "id"], name="appeal_by_reply"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["closed", "disregarded"]), _negated=True),
                            fields=("decision",),
                            name="appeal_one_open_on_decision",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status__in", ["told", "disregarded"]),
                                models.Q(
                                    ("grounds__gt", ""),
                                    ("received_at__isnull", False),
                                    ("received_by__isnull", False),
                                    ("received_on__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="appeal_heard_was_received",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("ended_by__isnull", False),
                                    ("ended_on__isnull", False),
                                    ("outcome__gt", ""),
                                    ("status__in", ["ended", "closed"]),
                                ),
                                models.Q(
                                    models.Q(("status__in", ["ended", "closed"]), _negated=True),
                                    ("ended_by", None),
                                    ("ended_on", None),
                                    ("outcome", ""),
                                ),
                                _connector="OR",
                            ),
                            name="appeal_ended_has_outcome",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("closed_at__isnull", False), ("closed_by__isnull", False), ("status", "closed")
                                ),
                                models.Q(
                                    models.Q(("status", "closed"), _negated=True),
                                    ("closed_at", None),
                                    ("closed_by", None),
                                ),
                                _connector="OR",
                            ),
                            name="appeal_closed_has_somebody",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("closed_by", None),
                                models.Q(("closed_by", models.F("ended_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="appeal_carried_out_by_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="licensing.decision"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("sent_at", models.DateTimeField()),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("reply_by", models.DateField(help_text="last day for the subject to reply")),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("decision", "number"), name="notice_has_its_number")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Ground",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="licensing.decision"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    (
                        "standard",
                        models.CharField(help_text="that it rests on, itself or by way of a condition", max_length=10),
                    ),
                    (
                        "condition",
                        models.ForeignKey(
                            blank=True,
                            help_text="of the licence",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grounds",
                            to="registry.condition",
                        ),
                    ),
                    ("text", models.TextField()),
                    (
                        "notice",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grounds",
                            to="licensing.notice",
                        ),
                    ),
                    ("upheld", models.BooleanField(blank=True, help_text="as whoever decided concluded", null=True)),
                    ("concluded_because", models.TextField(blank=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text__gt", "")), name="ground_says_what_is_wrong"),
                        models.UniqueConstraint(fields=("decision", "number"), name="ground_has_its_number"),
                        models.CheckConstraint(
                            condition=models.Q(("upheld", None), ("concluded_because__gt", ""), _connector="OR"),
                            name="ground_concluded_with_reasons",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Exhibit",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "ground",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="licensing.ground"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("check", "Reply of another authority"),
                                ("finding", "Finding of a confirmed inspection"),
                                ("document", "Document"),
                                ("sent", "What the holder sent"),
                                ("desk_check", "Desk check by an officer"),
                                ("note", "What we know"),
                            ],
                            max_length=20,
                        ),
                    ),
                    (
                        "source",
                        models.CharField(blank=True, help_text="what it is called; of a note, nothing", max_length=200),
                    ),
                    ("text", models.TextField()),
                    (
                        "check_reply",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exhibits",
                            to="licensing.check",
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exhibits",
                            to="compliance.result",
                        ),
                    ),
                    (
                        "document",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exhibits",
                            to="registry.document",
                        ),
                    ),
                    (
                        "sent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exhibits",
                            to="licensing.evidence",
                        ),
                    ),
                    (
                        "desk_check",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exhibits",
                            to="licensing.deskcheck",
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text__gt", "")), name="exhibit_says_something"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("check_reply", None),
                                    ("desk_check", None),
                                    ("document", None),
                                    ("finding", None),
                                    ("kind", "note"),
                                    ("sent", None),
                                ),
                                models.Q(
                                    ("check_reply__isnull", False),
                                    ("desk_check", None),
                                    ("document", None),
                                    ("finding", None),
                                    ("kind", "check"),
                                    ("sent", None),
                                ),
                                models.Q(
                                    ("check_reply", None),
                                    ("desk_check", None),
                                    ("document", None),
                                    ("finding__isnull", False),
                                    ("kind", "finding"),
                                    ("sent", None),
                                ),
                                models.Q(
                                    ("check_reply", None),
                                    ("desk_check", None),
                                    ("document__isnull", False),
                                    ("finding", None),
                                    ("kind", "document"),
                                    ("sent", None),
                                ),
                                models.Q(
                                    ("check_reply", None),
                                    ("desk_check", None),
                                    ("document", None),
                                    ("finding", None),
                                    ("kind", "sent"),
                                    ("sent__isnull", False),
                                ),
                                models.Q(
                                    ("check_reply", None),
                                    ("desk_check__isnull", False),
                                    ("document", None),
                                    ("finding", None),
                                    ("kind", "desk_check"),
                                    ("sent", None),
                                ),
                                _connector="OR",
                            ),
                            name="exhibit_is_what_it_says",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ChosenFactor",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="factors", to="licensing.decision"
                        ),
                    ),
                    ("code", models.CharField(help_text="of the factor in the pack", max_length=60)),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("decision", "code"), name="factor_weighed_once")],
                },
            ),
            migrations.CreateModel(
                name="ProposedCondition",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="conditions",
                            to="licensing.decision",
                        ),
                    ),
                    (
                        "became",
                        models.ForeignKey(
                            blank=True,
                            help_text="the condition of the licence, once it holds",
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="registry.condition",
                        ),
                    ),
                    ("standard", models.CharField(max_length=10)),
                    ("requirement", models.TextField()),
                    ("due_on", models.DateField()),
                    (
                        "was_requirement",
                        models.TextField(blank=True, help_text="of the condition that it varied, until then"),
                    ),
                    (
                        "was_due_on",
                        models.DateField(
                            blank=True, help_text="of the condition that it varied, until then", null=True
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="Representation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="representations",
                            to="licensing.decision",
                        ),
                    ),
                    (
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="representations",
                            to="licensing.notice",
                        ),
                    ),
                    ("text", models.TextField(blank=True)),
                    (
                        "is_whole",
                        models.BooleanField(
                            default=False, help_text="all that the subject wishes to say: nobody need wait for more"
                        ),
                    ),
                    ("received_at", models.DateTimeField()),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                ],
            ),
            migrations.CreateModel(
                name="GroundReply",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "representation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="to_grounds",
                            to="licensing.representation",
                        ),
                    ),
                    (
                        "ground",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="licensing.ground"
                        ),
                    ),
                    ("text", models.TextField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("text__gt", "")), name="ground_reply_says_something"
                        ),
                        models.UniqueConstraint(fields=("representation", "ground"), name="ground_replied_once_each"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Note",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="notes",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("text", models.TextField()),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "permissions": [("write_note", "Write a note on a case")],
                    "indexes": [models.Index(fields=["application", "-at", "-id"], name="note_of_case")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("text", ""), _negated=True), name="note_says_something"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Paper",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="paper",
                            to="licensing.application",
                        ),
                    ),
                    ("received_on", models.DateField()),
                    ("file_reference", models.CharField(max_length=60)),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("entered_at", models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name="Part",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="parts",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "page",
                        models.CharField(
                            help_text="the list, or the first page about the one person in the role", max_length=60
                        ),
                    ),
                    (
                        "item",
                        models.CharField(blank=True, help_text="empty for the one person in a role", max_length=12),
                    ),
                    ("role", models.CharField(max_length=40)),
                    ("name", models.CharField(help_text="as whoever applies gave it", max_length=200)),
                    (
                        "address",
                        models.EmailField(blank=True, help_text="empty when the link was printed", max_length=254),
                    ),
                    ("language", models.CharField(max_length=10)),
                    (
                        "sent_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("sent_at", models.DateTimeField()),
                    ("code_digest", models.CharField(max_length=64, unique=True)),
                    ("expires_at", models.DateTimeField()),
                    (
                        "pin_digest",
                        models.CharField(blank=True, help_text="of the number that opens the link", max_length=64),
                    ),
                    ("pin_until", models.DateTimeField(blank=True, help_text="none: as long as the link", null=True)),
                    (
                        "tries",
                        models.PositiveSmallIntegerField(
                            default=0, help_text="wrong numbers since the last one was given"
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True)),
                    ("signed_at", models.DateTimeField(blank=True, null=True)),
                    ("signed_name", models.CharField(blank=True, max_length=200)),
                    (
                        "signed_digest",
                        models.CharField(blank=True, help_text="of the answers and of the words signed", max_length=64),
                    ),
                    ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("withdrawn_at", None)),
                            fields=("application", "page", "item"),
                            name="part_one_each",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("signed_at", None), ("signed_digest", ""), ("signed_name", "")),
                                models.Q(
                                    ("signed_at__isnull", False),
                                    models.Q(("signed_name", ""), _negated=True),
                                    models.Q(("signed_digest", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="part_signed_by_name",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Answer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="licensing.application",
                        ),
                    ),
                    ("page", models.CharField(max_length=60)),
                    (
                        "item",
                        models.CharField(blank=True, help_text="empty on a page that is not a list", max_length=12),
                    ),
                    ("data", models.JSONField(default=dict)),
                    ("is_complete", models.BooleanField(default=False)),
                    (
                        "saved_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "part",
                        models.ForeignKey(
                            blank=True,
                            help_text="the link by which the person answered for themselves; nobody then saved it for them",
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="licensing.part",
                        ),
                    ),
                    ("saved_at", models.DateTimeField()),
                    (
                        "version",
                        models.BigIntegerField(default=0, help_text="the number of the event that saved it last"),
                    ),
                    (
                        "others_version",
                        models.BigIntegerField(
                            default=0, help_text="the version that somebody else than saved_by left"
                        ),
                    ),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "page", "item"), name="answer_once_an_item"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("part", None), ("saved_by__isnull", False)),
                                models.Q(("part__isnull", False), ("saved_by", None)),
                                _connector="OR",
                            ),
                            name="answer_by_user_or_link",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Statement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    ("name", models.CharField(help_text="of the file", max_length=200)),
                    (
                        "digest",
                        models.CharField(
                            help_text="SHA-256 of the file: the same file is one statement", max_length=64, unique=True
                        ),
                    ),
                    (
                        "rows",
                        models.JSONField(default=list, help_text="the cells as they are written, the heading first"),
                    ),
                    ("columns", models.JSONField(default=dict, help_text="which column says what, as it was taken up")),
                    (
                        "read_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("read_at", models.DateTimeField()),
                    ("taken_up_at", models.DateTimeField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name="StatementLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "statement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="licensing.statement"
                        ),
                    ),
                    (
                        "key",
                        models.CharField(
                            help_text="digest of what the line says: the same money is one line",
                            max_length=64,
                            unique=True,
                        ),
                    ),
                    ("received_on", models.DateField()),
                    ("description", models.CharField(blank=True, max_length=300)),
                    ("bank_reference", models.CharField(blank=True, max_length=100)),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                    ("set_aside_because", models.CharField(blank=True, max_length=500)),
                    (
                        "set_aside_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("amount__gt", 0)), name="statement_line_is_positive"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("set_aside_at", None), ("set_aside_because", ""), ("set_aside_by", None)),
                                models.Q(
                                    ("set_aside_at__isnull", False),
                                    ("set_aside_because__gt", ""),
                                    ("set_aside_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="statement_line_set_aside_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Payment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(help_text="the number of its receipt", max_length=20, unique=True)),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payments",
                            to="licensing.application",
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                    ("received_on", models.DateField()),
                    ("bank_reference", models.CharField(max_length=100)),
                    (
                        "card",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payment",
                            to="licensing.cardpayment",
                        ),
                    ),
                    (
                        "line",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="payment",
                            to="licensing.statementline",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("recorded_at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_is_positive"),
                        models.CheckConstraint(
                            condition=models.Q(("card", None), ("line", None), _connector="OR"),
                            name="payment_came_one_way",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("card__isnull", False), ("recorded_by__isnull", False), _connector="OR"
                            ),
                            name="payment_by_transfer_has_recorder",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("card", None), ("line", None)),
                            fields=("application", "bank_reference", "received_on"),
                            name="payment_recorded_once",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Demand",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="demands",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("inspection", "Charge for an inspection"),
                                ("shortfall", "Difference of the fee"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                    ("band", models.CharField(help_text="of fees, that the amount follows from", max_length=10)),
                    (
                        "declared",
                        models.DecimalField(
                            blank=True, decimal_places=2, help_text="turnover", max_digits=15, null=True
                        ),
                    ),
                    (
                        "verified",
                        models.DecimalField(
                            blank=True, decimal_places=2, help_text="turnover", max_digits=15, null=True
                        ),
                    ),
                    ("evidence", models.TextField(blank=True)),
                    ("due_on", models.DateField()),
                    (
                        "made_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("made_at", models.DateTimeField()),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="demand_is_not_negative"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "inspection"), ("verified", None)),
                                models.Q(("evidence__gt", ""), ("kind", "shortfall"), ("verified__isnull", False)),
                                _connector="OR",
                            ),
                            name="demand_of_shortfall_has_evidence",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("application", "kind"),
                            name="demand_one_open_of_a_kind",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Pace",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("scheme", models.CharField(max_length=60)),
                    ("kind", models.CharField(help_text="application or renewal", max_length=20)),
                    (
                        "milestone",
                        models.CharField(
                            choices=[
                                ("handed_in", "Handed in"),
                                ("assessing", "Assessment begun"),
                                ("answered", "Our last question answered"),
                            ],
                            max_length=20,
                        ),
                    ),
                    ("worked_out_on", models.DateField()),
                    ("days", models.JSONField(default=dict, help_text="how many cases took so many working days")),
                ],
                options={
                    "constraints": [models.UniqueConstraint(fields=("scheme", "kind", "milestone"), name="pace_once")],
                },
            ),
            migrations.CreateModel(
                name="Message",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to="licensing.application",
                        ),
                    ),
                    (
                        "author",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("from_authority", models.BooleanField()),
                    ("text", models.TextField()),
                    ("at", models.DateTimeField()),
                    ("read_at", models.DateTimeField(blank=True, null=True)),
                    (
                        "read_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "indexes": [
                        models.Index(fields=["application", "at", "id"], name="message_of_case"),
                        models.Index(
                            condition=models.Q(("read_at", None)),
                            fields=["from_authority", "at", "id"],
                            name="message_unread",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("text", ""), _negated=True), name="message_says_something"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("read_at", None), ("read_by", None)),
                                models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="message_read_by_somebody",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookAlike",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    ("reference", models.CharField(max_length=20, unique=True)),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="look_alikes",
                            to="registry.organisation",
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="looked_like",
                            to="registry.organisation",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[("open", "To be judged"), ("confirmed", "Confirmed"), ("dismissed", "Dismissed")],
                            default="open",
                            max_length=20,
                        ),
                    ),
                    (
                        "is_over",
                        models.GeneratedField(
                            db_persist=True,
                            expression=models.Q(("status", "open"), _negated=True),
                            output_field=models.BooleanField(),
                        ),
                    ),
                    ("points", models.PositiveIntegerField()),
                    ("is_strong", models.BooleanField(help_text="no licence is granted before it is judged")),
                    (
                        "signals",
                        models.JSONField(
                            help_text="what the two files have in common, each with its points and whose it is"
                        ),
                    ),
                    (
                        "records",
                        models.JSONField(help_text="what is known of the other: refusals, revocations, a licence"),
                    ),
                    (
                        "news",
                        models.JSONField(
                            blank=True, default=list, help_text="what was not known when it was dismissed before"
                        ),
                    ),
                    (
                        "follows",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="licensing.lookalike",
                        ),
                    ),
                    ("found_at", models.DateTimeField()),
                    ("changed_at", models.DateTimeField(help_text="when the evidence last became another")),
                    ("because", models.TextField(blank=True)),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "permissions": [
                        ("view_look_alikes", "See which files may be of the same people"),
                        ("judge_look_alikes", "Confirm or dismiss that two files are of the same people"),
                    ],
                    "indexes": [
                        models.Index(fields=["organisation", "other"], name="look_alike_of_a_pair"),
                        models.Index(fields=["is_over", "found_at", "id", "status"], name="look_alike_open_first"),
                        models.Index(fields=["is_over", "points", "id"], name="look_alike_weightiest_first"),
                        models.Index(fields=["is_over", "closed_at", "id"], name="look_alike_judged_last"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("organisation", models.F("other")), _negated=True),
                            name="look_alike_is_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("closed_at", None), ("closed_by", None), ("status", "open")),
                                models.Q(
                                    models.Q(("status", "open"), _negated=True),
                                    ("because__gt", ""),
                                    ("closed_at__isnull", False),
                                    ("closed_by__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="look_alike_judged_with_reason",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "open")),
                            fields=("organisation", "other"),
                            name="look_alike_one_open_of_a_pair",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Look",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "organisation",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="look", to="registry.organisation"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                    (
                        "edition",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="registry.import",
                        ),
                    ),
                ],
                options={
                    "indexes": [models.Index(fields=["at", "organisation"], name="look_by_day")],
                },
            ),
            migrations.CreateModel(
                name="Reminder",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "licence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="registry.licence"
                        ),
                    ),
                    ("valid_until", models.DateField(help_text="the last day of the licence as it was told")),
                    (
                        "weeks",
                        models.PositiveSmallIntegerField(
                            help_text="how long before the last day; 0 for the last day itself"
                        ),
                    ),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "constraints": [
                        models.UniqueConstraint(fields=("licence", "valid_until", "weeks"), name="reminder_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Waiver",
                fields=[
                    (
                        "id",
                        models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="waivers",
                            to="licensing.application",
                        ),
                    ),
                    ("trigger", models.CharField(help_text="code of the trigger in the pack", max_length=60)),
                    ("because", models.TextField()),
                    (
                        "given_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    ("given_at", models.DateTimeField()),
                    (
                        "ended_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    ("ended_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "permissions": [("waive_inspection", "Set a reason to inspect aside, with a reason")],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("application", "trigger"),
                            name="waiver_one_standing",
                        ),
                        models.CheckConstraint(condition=models.Q(("because__gt", "")), name="waiver_has_a_reason"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("ended_at", None), ("ended_by", None)),
                                models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="waiver_ended_by_somebody",
                        ),
                    ],
                },
            ),
        ),
    ]
