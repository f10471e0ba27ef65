"""Ground, what it rests on, evidence, notice, reply and conclusion become rows; the triggers hold the chain for whoever comes by SQL.

What the rules say with reasons holds here without them, on both engines (trust.md G7, T9): who proposed is never changed;
what was notified stays as it was; moves are made in order; nothing is decided before the subject has been heard, without
reasons, nor on a ground that was not notified or not concluded. SQLite makes altered tables anew without their triggers, so
those of 0002, 0009 and 0012 are pulled up first, and all are planted again at the end. A later migration that alters these
tables does the same with `pull_up` and `plant` of this one.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

holding = import_module("licensing.migrations.0009_holding")
taken = import_module("licensing.migrations.0002_decisions_stay_as_they_were_taken")
typist = import_module("licensing.migrations.0012_paper_is_decided_by_another")

UNHEARD = "'grant', 'surrender'"
ABOUT = ("application_id", "licence_id")

DECIDED = "a decision that has been taken does not change"
BEGINS = "a decision begins as a proposal"
PROPOSER = "what a decision is about, and who proposed it, does not change"
TERMS = "a proposal does not change once the subject has been notified"
ORDER = "a decision is not moved so"
HEARING = "a decision waits until the subject has been heard"
GROUNDS = "grounds and evidence do not change once the subject has been notified"
RELIES = "a decision relies only on grounds that were notified"
CONCLUDED = "a decision says of each ground whether it holds, and upholds one"
HATS = "a decision is taken by somebody who neither assessed nor inspected"
TYPIST = "a decision is taken by somebody who did not type the application in"
NOTICES = "notices and replies do not change"

# What the notice says besides the grounds.
TOLD = ("because", "immediate", "until", "points", "score_proposes", "departs_because", "weighed")
BECOMES_DECIDED = "OLD.status <> 'decided' AND NEW.status = 'decided'"
# Each side may be empty: IS [NOT] on SQLite, IS [NOT] DISTINCT FROM on PostgreSQL.
SAME = {"sqlite": "({0}) IS ({1})", "postgresql": "({0}) IS NOT DISTINCT FROM ({1})"}
# The day in London of an instant; on SQLite as if it were summer, which is at most an hour early.
LONDON_DAY = {
    "sqlite": "date({0}, '+1 hour')",
    "postgresql": "({0} AT TIME ZONE 'Europe/London')::date",
}


def same(vendor, *columns, row=("OLD", "NEW")):
    before, after = row
    return " AND ".join(SAME[vendor].format(f"{before}.{one}", f"{after}.{one}") for one in columns)


def rules(vendor, unheard=UNHEARD, about=ABOUT):
    """Name → table, events, when it refuses, and what it says. NEW and OLD as both engines know them."""
    moved = f"NOT ({same(vendor, 'status')})"
    in_order = f"""(OLD.status = 'proposed' AND NEW.status = 'notified')
        OR (OLD.status IN ('proposed', 'notified') AND NEW.status IN ('dropped', 'proposed'))
        OR (OLD.status = 'notified' AND NEW.status = 'decided')
        OR (OLD.status = 'proposed' AND NEW.status = 'decided' AND NEW.kind IN ({unheard}))"""
    of_notice = "SELECT 1 FROM licensing_notice WHERE decision_id = NEW.id"
    unnoticed = "SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id AND notice_id IS NULL"
    grounds = "SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id"
    whole = """SELECT 1 FROM licensing_representation said
               JOIN licensing_notice ON licensing_notice.id = said.notice_id
               WHERE said.decision_id = NEW.id AND said.is_whole AND licensing_notice.number =
                     (SELECT MAX(number) FROM licensing_notice WHERE decision_id = NEW.id)"""
    last_day = "SELECT MAX(reply_by) FROM licensing_notice WHERE decision_id = NEW.id"
    decided_on = LONDON_DAY[vendor].format("NEW.decided_at")
    open_proposal = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = {0}.decision_id AND status = 'proposed')"
    not_over = (
        "EXISTS (SELECT 1 FROM licensing_decision WHERE id = {0}.decision_id AND status IN ('proposed', 'notified'))"
    )
    of_open_ground = """EXISTS (SELECT 1 FROM licensing_ground JOIN licensing_decision
                                ON licensing_decision.id = licensing_ground.decision_id
                                WHERE licensing_ground.id = {0}.ground_id AND licensing_ground.notice_id IS NULL
                                AND licensing_decision.status = 'proposed')"""
    never_told = (
        "EXISTS (SELECT 1 FROM licensing_decision"
        " WHERE id = {0}.decision_id AND status = 'proposed' AND notified_at IS NULL)"
    )
    words = same(vendor, "decision_id", "number", "standard", "condition_id", "text")
    conclusion = same(vendor, "upheld", "concluded_because")
    unheard_kind = f"NEW.kind IN ({unheard})"
    return {
        "decision_begins_proposed": ("licensing_decision", "INSERT", "NEW.status <> 'proposed'", BEGINS),
        "decision_taken": ("licensing_decision", "UPDATE", "OLD.status = 'decided'", DECIDED),
        "decision_taken_out": ("licensing_decision", "DELETE", "OLD.status = 'decided'", DECIDED),
        "decision_keeps_proposer": (
            "licensing_decision",
            "UPDATE",
            f"NOT ({same(vendor, 'proposed_by_id', 'proposed_at', 'kind', *about)})",
            PROPOSER,
        ),
        "decision_keeps_terms": (
            "licensing_decision",
            "UPDATE",
            f"OLD.notified_at IS NOT NULL AND (NEW.notified_at IS NULL OR NOT ({same(vendor, *TOLD)}))",
            TERMS,
        ),
        "decision_moves_in_order": ("licensing_decision", "UPDATE", f"{moved} AND NOT ({in_order})", ORDER),
        "decision_notified_is_told": (
            "licensing_decision",
            "UPDATE",
            f"""OLD.status = 'proposed' AND NEW.status = 'notified'
                AND (NOT EXISTS ({of_notice}) OR NOT EXISTS ({grounds}) OR EXISTS ({unnoticed}))""",
            RELIES,
        ),
        "decision_hears_every_ground": (
            "licensing_decision",
            "UPDATE",
            f"""{BECOMES_DECIDED} AND NOT {unheard_kind}
                AND (NOT EXISTS ({of_notice}) OR NOT EXISTS ({grounds}) OR EXISTS ({unnoticed}))""",
            RELIES,
        ),
        "decision_waits_for_reply": (
            "licensing_decision",
            "UPDATE",
            f"""{BECOMES_DECIDED} AND NOT {unheard_kind} AND NOT NEW.immediate
                AND {decided_on} <= ({last_day}) AND NOT EXISTS ({whole})""",
            HEARING,
        ),
        "decision_concludes": (
            "licensing_decision",
            "UPDATE",
            f"""{BECOMES_DECIDED} AND EXISTS ({grounds})
                AND (EXISTS ({grounds} AND upheld IS NULL) OR NOT EXISTS ({grounds} AND upheld))""",
            CONCLUDED,
        ),
        "decision_by_another_hat": ("licensing_decision", "UPDATE", f"{BECOMES_DECIDED} AND ({taken.TWO_HATS})", HATS),
        "decision_not_by_typist": ("licensing_decision", "UPDATE", f"{BECOMES_DECIDED} AND {typist.TYPED}", TYPIST),
        "ground_insert": ("licensing_ground", "INSERT", f"NOT {open_proposal.format('NEW')}", GROUNDS),
        # Of a ground that is there: it goes into a notice once, and is concluded while nothing has been decided.
        "ground_keeps_words": (
            "licensing_ground",
            "UPDATE",
            f"NOT ({words}) AND (OLD.notice_id IS NOT NULL OR NOT {open_proposal.format('OLD')})",
            GROUNDS,
        ),
        "ground_noticed_once": (
            "licensing_ground",
            "UPDATE",
            f"""NOT ({same(vendor, 'notice_id')})
                AND (OLD.notice_id IS NOT NULL OR NOT {open_proposal.format('OLD')})""",
            GROUNDS,
        ),
        "ground_concluded_in_time": (
            "licensing_ground",
            "UPDATE",
            f"NOT ({conclusion}) AND NOT {not_over.format('OLD')}",
            DECIDED,
        ),
        "ground_delete": (
            "licensing_ground",
            "DELETE",
            f"OLD.notice_id IS NOT NULL OR NOT {open_proposal.format('OLD')}",
            GROUNDS,
        ),
        "exhibit_insert": ("licensing_exhibit", "INSERT", f"NOT {of_open_ground.format('NEW')}", GROUNDS),
        "exhibit_update": ("licensing_exhibit", "UPDATE", f"NOT {of_open_ground.format('OLD')}", GROUNDS),
        "exhibit_delete": ("licensing_exhibit", "DELETE", f"NOT {of_open_ground.format('OLD')}", GROUNDS),
        "factor_insert": ("licensing_chosenfactor", "INSERT", f"NOT {never_told.format('NEW')}", TERMS),
        "factor_update": ("licensing_chosenfactor", "UPDATE", f"NOT {never_told.format('OLD')}", TERMS),
        "factor_delete": ("licensing_chosenfactor", "DELETE", f"NOT {never_told.format('OLD')}", TERMS),
        "notice_insert": ("licensing_notice", "INSERT", f"NOT {open_proposal.format('NEW')}", NOTICES),
        "notice_update": ("licensing_notice", "UPDATE", "", NOTICES),
        "notice_delete": ("licensing_notice", "DELETE", "", NOTICES),
        "representation_insert": ("licensing_representation", "INSERT", f"NOT {not_over.format('NEW')}", NOTICES),
        "representation_update": ("licensing_representation", "UPDATE", "", NOTICES),
        "representation_delete": ("licensing_representation", "DELETE", "", NOTICES),
        "ground_reply_update": ("licensing_groundreply", "UPDATE", "", NOTICES),
        "ground_reply_delete": ("licensing_groundreply", "DELETE", "", NOTICES),
    }


def statements(vendor, found):
    for name, (table, event, when, message) in found.items():
        if vendor == "sqlite":
            condition = f"WHEN {when} " if when else ""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition}BEGIN SELECT RAISE(ABORT, '{message}'); END"
        else:
            raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
            body = f"IF {when} THEN {raised} END IF;" if when else raised
            row = "OLD" if event == "DELETE" else "NEW"
            yield f"CREATE FUNCTION licensing_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {row}; END $$"
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION licensing_{name}()"


def plant(apps, schema_editor, make=rules):
    vendor = schema_editor.connection.vendor
    for statement in statements(vendor, make(vendor)):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor, make=rules):
    vendor = schema_editor.connection.vendor
    for name, (table, *_rest) in make(vendor).items():
        schema_editor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if vendor == "postgresql" else ""), params=None)
        if vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION licensing_{name}", params=None)


def pull_up_former(apps, schema_editor):
    typist.pull_up(apps, schema_editor)
    taken.pull_up(apps, schema_editor)


def plant_former(apps, schema_editor):
    for statement in taken.POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _former_sqlite():
        schema_editor.execute(statement.replace(holding.GRANT_ALONE, holding.UNHEARD), params=None)
    typist.plant(apps, schema_editor)


def _former_sqlite():
    for name, (event, when, message) in taken.SQLITE.items():
        yield f"CREATE TRIGGER {name} {event} FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def into_rows(apps, schema_editor):
    """Of each decision so far: one notice, grounds in their order, what was said for evidence as what was known."""
    decision_of, ground_of = apps.get_model("licensing", "Decision"), apps.get_model("licensing", "Ground")
    notice_of, exhibit_of = apps.get_model("licensing", "Notice"), apps.get_model("licensing", "Exhibit")
    representation_of = apps.get_model("licensing", "Representation")
    decision_of.objects.filter(status="decided").update(decided_because=models.F("because"))
    for decision in decision_of.objects.order_by("pk").iterator(chunk_size=500):
        notice = None
        if decision.notified_at is not None:
            notice = notice_of.objects.create(
                decision=decision,
                number=1,
                sent_at=decision.notified_at,
                sent_by_id=decision.proposed_by_id,
                reply_by=decision.reply_by,
            )
            representation_of.objects.filter(decision=decision).update(notice=notice)
        for number, ground in enumerate(ground_of.objects.filter(decision=decision).order_by("pk"), start=1):
            exhibit_of.objects.create(ground=ground, kind="note", text=ground.evidence)
            ground.number = number
            ground.notice = notice if ground.notified_at is not None else None
            if decision.status == "decided":
                ground.upheld, ground.concluded_because = True, decision.because
            ground.save()
    _settle(schema_editor)


def out_of_rows(apps, schema_editor):
    for ground in apps.get_model("licensing", "Ground").objects.order_by("pk").iterator(chunk_size=500):
        ground.evidence = "\n\n".join(ground.exhibits.order_by("pk").values_list("text", flat=True)) or "-"
        ground.notified_at = ground.notice.sent_at if ground.notice else None
        ground.save()
    _settle(schema_editor)


def _settle(schema_editor):
    """PostgreSQL alters no table on which foreign keys are still to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("compliance", "0005_open_inspections_first"),
        ("licensing", "0012_paper_is_decided_by_another"),
        ("registry", "0019_what_is_held_and_what_was_erased"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(pull_up_former, plant_former),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("reply_by", models.DateField(help_text="last day for the subject to reply")),
                ("decision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="licensing.decision")),
                ("sent_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("decision", "number"), name="notice_has_its_number")]},
        ),
        migrations.AddField("ground", "number", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "ground",
            "condition",
            models.ForeignKey(blank=True, help_text="of the licence", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="registry.condition"),
        ),
        migrations.AddField(
            "ground",
            "notice",
            models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="licensing.notice"),
        ),
        migrations.AddField("ground", "upheld", models.BooleanField(blank=True, null=True, help_text="as whoever decided concluded")),
        migrations.AddField("ground", "concluded_because", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AlterField("ground", "standard", models.CharField(max_length=10, help_text="that it rests on, itself or by way of a condition")),
        migrations.AddField("decision", "weighed", models.TextField(blank=True, default="", help_text="what the aggravating and mitigating factors rest on"), preserve_default=False),
        migrations.AddField("decision", "decided_because", models.TextField(blank=True, default="", help_text="the reasons of whoever decided"), preserve_default=False),
        migrations.AlterField("decision", "because", models.TextField(help_text="why it is proposed; the subject reads it in the notice")),
        migrations.AlterField("decision", "notified_at", models.DateTimeField(blank=True, help_text="when the last notice was sent", null=True)),
        migrations.AlterField("decision", "reply_by", models.DateField(blank=True, help_text="last day for the subject to reply to the last notice", null=True)),
        migrations.AddField("representation", "notice", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="representations", to="licensing.notice")),
        migrations.AddField("representation", "is_whole", models.BooleanField(default=False, help_text="all that the subject wishes to say: nobody need wait for more")),
        migrations.AlterField("representation", "text", models.TextField(blank=True)),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("check", "Reply of another authority"), ("finding", "Finding of a confirmed inspection"), ("document", "Document"), ("sent", "What the holder sent"), ("note", "What we know")], max_length=20)),
                ("source", models.CharField(blank=True, help_text="what it is called; of a note, nothing", max_length=200)),
                ("text", models.TextField()),
                ("check_reply", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="licensing.check")),
                ("document", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="registry.document")),
                ("finding", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="compliance.result")),
                ("ground", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="licensing.ground")),
                ("sent", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="exhibits", to="licensing.evidence")),
            ],
        ),
        migrations.CreateModel(
            name="GroundReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("ground", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="licensing.ground")),
                ("representation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="to_grounds", to="licensing.representation")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("text__gt", "")), name="ground_reply_says_something"),
                    models.UniqueConstraint(fields=("representation", "ground"), name="ground_replied_once_each"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChosenFactor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="of the factor in the pack", max_length=60)),
                ("decision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="factors", to="licensing.decision")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("decision", "code"), name="factor_weighed_once")]},
        ),
        migrations.RemoveConstraint("ground", "ground_has_evidence"),
        migrations.AlterField("ground", "evidence", models.TextField(default="")),
        migrations.RunPython(into_rows, out_of_rows),
        migrations.RemoveField("ground", "evidence"),
        migrations.RemoveField("ground", "notified_at"),
        migrations.AlterField("ground", "number", models.PositiveIntegerField()),
        migrations.AlterField(
            "representation",
            "notice",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="representations", to="licensing.notice"),
        ),
        migrations.AddConstraint("ground", models.CheckConstraint(condition=Q(("text__gt", "")), name="ground_says_what_is_wrong")),
        migrations.AddConstraint("ground", models.UniqueConstraint(fields=("decision", "number"), name="ground_has_its_number")),
        migrations.AddConstraint("ground", models.CheckConstraint(condition=Q(("upheld", None), ("concluded_because__gt", ""), _connector="OR"), name="ground_concluded_with_reasons")),
        migrations.AddConstraint("exhibit", models.CheckConstraint(condition=Q(("text__gt", "")), name="exhibit_says_something")),
        migrations.AddConstraint(
            "exhibit",
            models.CheckConstraint(
                condition=Q(
                    Q(("check_reply__isnull", False), ("document", None), ("finding", None), ("kind", "check"), ("sent", None)),
                    Q(("check_reply", None), ("document", None), ("finding__isnull", False), ("kind", "finding"), ("sent", None)),
                    Q(("check_reply", None), ("document__isnull", False), ("finding", None), ("kind", "document"), ("sent", None)),
                    Q(("check_reply", None), ("document", None), ("finding", None), ("kind", "sent"), ("sent__isnull", False)),
                    Q(("check_reply", None), ("document", None), ("finding", None), ("kind", "note"), ("sent", None)),
                    _connector="OR",
                ),
                name="exhibit_is_what_it_says",
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(condition=Q(Q(("status", "decided"), _negated=True), ("decided_because__gt", ""), _connector="OR"), name="decision_decided_has_reasons"),
        ),
        migrations.RunPython(plant, pull_up),
    ]
