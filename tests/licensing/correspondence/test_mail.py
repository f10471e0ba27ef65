"""Emails that arrive: which file they go to, what of them is kept, and who must read or match them."""

import mailbox
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from licensing.applications.models import Application
from licensing.correspondence import actions
from licensing.correspondence.models import FileEntry
from licensing.correspondence.rules.mail import LONGEST, read
from licensing.decisions.queries.open_matters import open_matters
from registry.accounts.models import User
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations import actions as organisations
from registry.papers import words
from registry.tasks.models import Task
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.test_actions_go_on import refusal_of
from tests.licensing.appeals.world import received
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.stories import TODAY, a_grant_proposed, a_licence, an_application_checked
from tests.people import person, signed_in
from tests.registry.conflicts.test_actions import declared
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db


def an_email(*, to: str = "licensing@registry.example", subject: str = "Hello", **more: Any) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = more.get("sender", "Rosa Marsh <rosa@firm.example>")
    mail["To"], mail["Subject"] = to, subject
    mail["Date"] = "Mon, 02 Nov 2026 09:00:00 +0000"
    mail["Message-ID"] = more.get("number", "<1@firm.example>")
    mail.set_content(more.get("text", "We paid on Friday."))
    for name, content in more.get("files", ()):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def arrived(mail: EmailMessage | bytes, *, by: User | None = None) -> FileEntry | None:
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    return actions.receive_mail(read(raw, at=NOW), by=by or person("case_officer"), at=NOW)


def test_an_email_to_the_address_of_a_case_is_a_task_of_its_officer() -> None:
    case = an_application_checked()
    entry = arrived(an_email(to=f"case+{case.reference}@registry.example", files=[("receipt.pdf", pdfs.a_pdf())]))

    assert entry is not None and entry.subject == case and entry.status == "to_read"
    assert (entry.with_whom, entry.address, entry.text) == ("Rosa Marsh", "rosa@firm.example", "We paid on Friday.")
    assert Document.objects.get(about=entry.reference).status == "received", "the scanner has not read it yet"
    task = Task.objects.open().get(kind="fileentry.read")
    assert task.owner == case.case_officer
    page = signed_in(person("case_officer")).get(f"/staff/correspondence/{entry.reference}/").content.decode()
    assert "Anyone can write any address in an email" in page

    actions.mark_read(entry, by=person("case_officer"), at=NOW)
    assert not Task.objects.open().filter(kind="fileentry.read").exists()


@pytest.mark.parametrize("make", [a_licence, received])
def test_a_subject_line_names_a_licence_or_an_appeal(make: Any) -> None:
    subject = make()
    entry = arrived(an_email(subject=f"Re: {subject.reference}, our records"))

    assert entry is not None and entry.subject == subject


def test_an_email_without_a_file_waits_until_a_person_finds_it() -> None:
    case, officer = an_application_checked(), person("case_officer")
    entry = arrived(an_email(subject="Re: A-ZZZZ-ZZZZ"))
    assert entry is not None and entry.subject is None and entry.status == "arrived"
    assert Task.objects.open().filter(kind="fileentry.match").exists()

    assert refusal_of(lambda: actions.match(entry, about="nonsense", by=officer, at=NOW)) == ["no_such_file"]
    matched = actions.match(entry, about=case.reference.lower(), by=officer, at=NOW)

    assert matched.subject == case and Task.objects.open().get(kind="fileentry.read").owner == case.case_officer


def test_nobody_puts_it_on_a_file_that_they_may_not_see() -> None:
    case, officer = an_application_checked(), person("case_officer")
    entry = arrived(an_email())
    assert entry is not None
    declared(officer, case.organisation)

    assert refusal_of(lambda: actions.match(entry, about=case.reference, by=officer, at=NOW)) == ["no_such_file"]


def test_the_same_email_is_kept_once() -> None:
    assert arrived(an_email()) is not None
    assert arrived(an_email()) is None
    assert arrived(an_email(number="<2@firm.example>")) is not None
    assert arrived(an_email(text="Other words under the same number.")) is not None


def test_what_no_form_would_take_is_named_and_not_kept() -> None:
    entry = arrived(an_email(files=[("run.exe", b"MZ" + bytes(100)), ("receipt.pdf", pdfs.a_pdf())]))

    assert entry is not None
    assert [one.name for one in Document.objects.about(entry.reference)] == ["receipt.pdf"]
    assert len(entry.not_kept) == 1 and "run.exe" in entry.not_kept[0]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe nonsense",
        b"From: =?utf-8?b?////?= <x\r\nSubject: =?unknown?q?=FF?=\r\nDate: yesterday\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff",
        b"Date: Fri, 31 Dec 9999 23:59:59 +0000\r\nMessage-ID: <a@b>\r\n\r\nlate",
        b"Subject: " + b"A-2222-2222 " * 5000 + b"\r\n\r\nmany",
    ],
)
def test_a_broken_email_is_kept_all_the_same(raw: bytes) -> None:
    entry = arrived(raw)

    assert entry is not None and entry.title and entry.happened_on == TODAY


def test_formatted_words_are_read_without_what_acts() -> None:
    mail = an_email()
    mail.set_content("<html><head><style>p {}</style></head><p>Paid</p><script>alert(1)</script>", subtype="html")
    entry = arrived(mail)

    assert entry is not None and entry.text == "Paid"


def test_a_long_email_is_cut() -> None:
    entry = arrived(an_email(text="word " * 20_000))

    assert entry is not None and len(entry.text) == LONGEST + 1


def test_nothing_is_decided_beside_an_unread_email_without_a_reason() -> None:
    decision = a_grant_proposed()
    assert decision.application is not None
    assert not any("We have paid" in one for one in open_matters(decision))

    arrived(an_email(subject=f"We have paid {decision.application.reference}"))

    assert any("We have paid" in one for one in open_matters(decision))


# --- the command


def imported(*arguments: str) -> str:
    said = StringIO()
    call_command("import_mail", *arguments, stdout=said)
    return said.getvalue().strip()


@pytest.mark.parametrize("kind", ["maildir", "mbox"])
def test_a_mailbox_is_read_again_and_again(kind: str, tmp_path: Path) -> None:
    case, officer = an_application_checked(), person("case_officer")
    where = str(tmp_path / "box")
    box: Any = mailbox.Maildir(where) if kind == "maildir" else mailbox.mbox(where)
    box.add(an_email(subject=case.reference))
    box.add(an_email(number="<2@firm.example>"))
    box.close()

    told = (f"--{kind}", where, "--as", officer.email)
    assert imported(*told) == "1 on a file, 1 without a file, 0 there already, 0 too large"
    assert imported(*told) == "0 on a file, 0 without a file, 2 there already, 0 too large"


def test_only_an_officer_answers_for_a_mailbox_and_it_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="may add to files"):
        imported("--maildir", str(tmp_path), "--as", person("inspector").email)
    with pytest.raises(CommandError, match="no mailbox"):
        imported("--maildir", str(tmp_path / "none"), "--as", person("case_officer").email)


# --- answered from its page


def a_mail_about(case: Application, *, sender: str = "Rosa Marsh <rosa@firm.example>") -> FileEntry:
    entry = arrived(an_email(to=f"case+{case.reference}@registry.example", sender=sender))
    assert entry is not None
    return entry


def test_an_email_is_answered_from_its_page_and_the_answer_is_on_the_file(set_clock: SetClock) -> None:
    case = an_application_checked()
    entry = a_mail_about(case, sender=f"Rosa <{case.organisation.email}>")
    set_clock(NOW)
    desk, address = signed_in(person("case_officer")), f"/staff/correspondence/{entry.reference}/"
    assert "Answer the email" in desk.get(address).content.decode()

    assert desk.post(f"{address}answer/", {"text": "Thank you. We have the money."}).status_code == 302

    letter = Letter.objects.get(template="licensing/letters/answer.html")
    assert (letter.address, letter.copies) == (case.organisation.email, [])
    assert case.reference in letter.subject and "We have the money." in words.text(letter)
    entry.refresh_from_db()
    assert entry.status == "filed"
    sent = FileEntry.objects.get(direction="sent")
    assert (sent.subject, sent.text, sent.with_whom) == (case, "Thank you. We have the money.", "Rosa")
    assert not Task.objects.open().filter(kind="fileentry.read").exists()
    log = desk.get(f"/staff/applications/{case.reference}/correspondence/").content.decode()
    assert sent.title in log

    back = arrived(an_email(subject=f"Re: {letter.subject}", number="<2@firm.example>"))
    assert back is not None and back.subject == case


def codes(entry: FileEntry, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        actions.answer_mail(entry, **{"text": "Thank you.", "by": person("case_officer"), "at": NOW, **given})
    return [one.code for one in refused.value.reasons]


def test_an_unknown_address_is_answered_only_by_a_person_who_has_asked_whose_it_is() -> None:
    entry = a_mail_about(an_application_checked())
    assert codes(entry) == ["unknown_address"]
    assert codes(entry, text=" ", has_asked=True) == ["no_words"]
    actions.answer_mail(entry, text="Thank you.", has_asked=True, by=person("case_officer"), at=NOW)
    assert Letter.objects.get(template="licensing/letters/answer.html").address == "rosa@firm.example"


def test_what_is_no_email_on_a_file_is_not_answered() -> None:
    lost = arrived(an_email())
    assert lost is not None
    assert codes(lost, has_asked=True) == ["wrong_state", "no_file_yet"]
    case = an_application_checked()
    assert codes(a_file_entry(case), has_asked=True) == ["no_mail"]


def test_an_answer_is_in_the_language_of_the_business() -> None:
    case = an_application_checked()
    organisations.update(case.organisation, changes={"language": "cy"}, by=None, at=NOW)
    actions.answer_mail(a_mail_about(case), text="Diolch.", has_asked=True, by=person("case_officer"), at=NOW)

    letter = Letter.objects.get(template="licensing/letters/answer.html")

    assert (letter.language, letter.subject) == ("cy", f"Ein hateb i’ch e-bost, {case.reference}")
    assert "Os atebwch drwy e-bost" in words.text(letter)
