"""Our answers to the OWASP verification standard: each number has one, and what they point at is there. See docs/security/asvs.md."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from config.new_secrets import lines
from script import asvs
from tests.config.test_sign_in import PASSWORD, officer_with_password, sign_in

ROOT = asvs.ROOT
APPS = ("compliance", "config", "licensing", "public_lookup", "registry")

# Written in pieces, so that no test finds itself.
RUNS_TEXT = re.compile(
    r"\b(?:(?<!\.)eval\(|(?<!\.)exec\(|os\.system\(|os\.popen\(|shell=True|yaml\.|marshal\.|pickle\.load|(?<!\.)Template\()"
)
#: A copy of a pack within one process: nothing from outside is read so.
RUNS_NOTHING_FROM_OUTSIDE = {"registry/schemes/composing.py"}
MARKED = re.compile(r"\|\s*safe\b|autoescape off|mark_safe|SafeString\((?!\"\"\))")
#: The picture of a key, letters and parts of pages that our own templates drew, and sentences into which values are escaped.
DRAWN_BY_US = {
    "config/templates/mfa/totp/activate_form.html",
    "licensing/templates/licensing/letter_pages/holder_letter.html",
    "licensing/templates/licensing/letter_pages/officer_letter.html",
    "licensing/templates/licensing/letters/bundle.html",
    "licensing/templates/licensing/packs/letter_kind.html",
    "licensing/templates/licensing/packs/preview_letter.html",
    "public_lookup/lookup/queries/linked_data.py",
    "public_lookup/templatetags/standings.py",
    "public_lookup/web.py",
    "registry/papers/words.py",
    "registry/templates/registry/letters/kept.html",
    "registry/templatetags/outcomes.py",
    "registry/web/cached_nodes.py",
}
MARKUP = re.compile(
    r"(?:inner|outer)HTML\s*[+]?=(?!=)|insertAdjacentHTML|document\.write|\beval\(|new Function|__proto__"
)
OVER_HTTPS = """
from config import settings as s
from django.conf import global_settings as g
print(dict(
    session=(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, g.SESSION_COOKIE_HTTPONLY, g.SESSION_COOKIE_SAMESITE),
    csrf=(s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_HTTPONLY, g.CSRF_COOKIE_SAMESITE),
    hsts=(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT),
    debug=s.DEBUG,
    none=sorted(name for name, value in s.CONTENT_SECURITY_POLICY["DIRECTIVES"].items() if value == ["'none'"]),
))
"""


@pytest.mark.once
def test_the_document_is_what_the_answers_draw() -> None:
    assert asvs.DOCUMENT.read_text(encoding="utf-8") == asvs.document(), "run python -m script.asvs"


@pytest.mark.once
def test_every_number_has_one_answer_in_words_of_our_own() -> None:
    answered = asvs.requirements()

    assert [(one["number"], one["level"]) for one in answered] == sorted(
        asvs.levels().items(), key=lambda of: [int(part) for part in of[0].split(".")]
    )
    assert {one["answer"] for one in answered} == {asvs.MET, asvs.NOT_MET, asvs.NOT_OURS}
    assert [one["number"] for one in answered if not one["said"] or one["said"].startswith("Verify")] == []


@pytest.mark.once
def test_what_is_met_has_evidence_and_what_is_not_says_why() -> None:
    answered = asvs.requirements()

    assert [one["number"] for one in answered if one["answer"] == asvs.MET and not one.get("evidence")] == []
    assert [one["number"] for one in answered if one["answer"] != asvs.MET and not one.get("note")] == []


@pytest.mark.once
def test_all_evidence_is_there() -> None:
    found = [(one["number"], path) for one in asvs.requirements() for path in one.get("evidence", [])]

    assert len(found) > 250
    assert [(number, path) for number, path in found if not is_there(path)] == []
    assert not is_there("tests/config/test_asvs.py::test_nothing") and not is_there("config/nothing.py")


def is_there(evidence: str) -> bool:
    path, _colons, test = evidence.partition("::")
    if not (ROOT / path).exists():
        return False
    return not test or bool(re.search(rf"^\s*def {test}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


def files(pattern: str) -> Iterator[tuple[str, str]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob(pattern)):
            if "node_modules" in path.parts:
                continue  # what builds the theme: none of it is served
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


@pytest.mark.once
def test_no_code_is_made_of_text() -> None:
    found = {path for path, text in files("*.py") if RUNS_TEXT.search(text)}

    assert found == RUNS_NOTHING_FROM_OUTSIDE
    assert RUNS_TEXT.search("subprocess.run(words, shell=True)") and RUNS_TEXT.search("x = eval(typed)")


@pytest.mark.once
def test_text_is_marked_as_safe_only_where_we_made_it() -> None:
    found = {path for pattern in ("*.html", "*.py") for path, text in files(pattern) if MARKED.search(text)}

    assert found == DRAWN_BY_US


@pytest.mark.once
def test_scripts_write_text_and_no_markup() -> None:
    scripts = {path: text for path, text in files("*.js") if "/vendor/" not in path}

    assert len(scripts) > 20
    assert {path for path, text in scripts.items() if MARKUP.search(text)} == set()
    assert MARKUP.search("box.innerHTML = typed")


@pytest.mark.once
def test_an_installation_by_https_protects_its_cookies_and_answers(tmp_path: Path) -> None:
    environment = dict(line.split("=", 1) for line in lines()) | {"VAR_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", OVER_HTTPS], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == str(
        {
            "session": ("__Host-session", True, True, "Lax"),
            "csrf": ("__Host-csrf", True, True, "Lax"),
            "hsts": (63072000, True, True),
            "debug": False,
            "none": ["base-uri", "default-src", "frame-ancestors", "object-src"],
        }
    )


@pytest.mark.django_db
def test_a_password_may_be_long_and_not_made_of_words_of_the_service(client: Client) -> None:
    user = officer_with_password("applicant")
    sign_in(client, user)

    def changes(password: str, old: str = PASSWORD) -> bool:
        client.post("/account/password/change/", {"oldpassword": old, "password1": password, "password2": password})
        user.refresh_from_db()
        return user.check_password(password)

    long = "Ein langer Satz, den niemand errät: 漢字, spaces and 64 characters or more."
    assert len(long) > 64 and not changes(long, old="wrong horse battery staple")
    assert changes(long) and not user.check_password(long.lower())
    for made_of_our_words in (
        "Licensing-2026!",
        f"{settings.ORGANISATION_NAME}1",
        "Welcome2Registry",
        "cyfrinair.Trwydded",
    ):
        with pytest.raises(ValidationError, match="words about this service"):
            validate_password(made_of_our_words, user)


@pytest.mark.once
def test_the_documents_say_how_soon_a_weak_library_is_replaced() -> None:
    said = (ROOT / "docs" / "security" / "controls.md").read_text()
    rows = re.findall(r"^\| (critical|high|medium|low)\b[^|]*\| (\d+) days", said, re.MULTILINE)

    assert [name for name, _days in rows] == ["critical", "high", "medium", "low"]
    assert [int(days) for _name, days in rows] == sorted(int(days) for _name, days in rows)
    assert "docs/security/controls.md#libraries-with-known-weaknesses" in (ROOT / "SECURITY.md").read_text()
