"""The look: what was built is what is committed, nobody else's brand, and every page has its furniture."""

import gzip
import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone, translation

from config.views import faults
from config.views import pages as pages_views
from registry.schemes import contact

CONFIG = Path(settings.BASE_DIR) / "config"
VENDOR = CONFIG / "static" / "vendor"
BUILT = [
    "registry.css",
    "public.css",
    "registry.rtl.css",
    "public.rtl.css",
    "registry.js",
    "public.js",
    "private.js",
    "private-worker.js",
    "notes.js",
    "notes-worker.js",
    "field.js",
    "field-worker.js",
]
STATEMENTS = ["/accessibility/", "/cookies/", "/privacy/", "/terms/", "/contact/"]
PUBLIC = ["/", *STATEMENTS]
TEMPLATES = sorted(
    path
    for app in ("config", "registry", "compliance", "licensing", "public_lookup")
    for path in (Path(settings.BASE_DIR) / app / "templates").rglob("*.html")
)

# But for one that searches, no test here is marked as needing the database: a page that asked it would fail.


# --- what is committed ---


def test_the_built_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text())
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert found == manifest["files"]


def test_every_package_comes_with_its_version_and_licence() -> None:
    for package in json.loads((VENDOR / "manifest.json").read_text())["packages"]:
        assert package["version"] and package["licence"]
        assert len((VENDOR / package["licence_text"]).read_text()) > 500


def test_the_theme_names_no_package_registry() -> None:
    for path in (CONFIG / "theme").iterdir():
        if path.is_file():
            assert not re.search(r"registry\.[a-z]+\.|\"resolved\"|https?://[^\"]+\.tgz", path.read_text())


def test_nothing_of_central_government_is_left() -> None:
    taken = re.compile(r"GDS Transport|crown|crest|govuk-header|govuk-footer|gov\.uk/assets|#1d70b8", re.IGNORECASE)
    looked_at = [*(VENDOR / name for name in BUILT), CONFIG / "static/brand/brand.css", *TEMPLATES]

    assert [path for path in looked_at if taken.search(path.read_text())] == []


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["brand", "link", "link-hover"])
@pytest.mark.parametrize(
    "path",
    [VENDOR / "public.css", VENDOR / "registry.css", CONFIG / "static/brand/brand.css"],
    ids=lambda path: path.name,
)
def test_our_colours_stand_out_from_white_by_seven_to_one(path: Path, name: str) -> None:
    found = re.search(rf"--govuk-{name}-colour:\s*(#[0-9a-f]{{6}})", path.read_text())

    assert found
    assert 1.05 / (luminance(found[1]) + 0.05) >= 7


@pytest.mark.parametrize("sheet", ["registry.css", "public.css"])
def test_a_column_whose_words_may_be_broken_is_never_two_letters_wide(sheet: str) -> None:
    """On a telephone the table scrolls instead."""
    assert re.search(r"td\.app-break-word\{min-width:[5-9](\.\d+)?rem\}", (VENDOR / sheet).read_text())


def test_fonts_are_split_by_script_and_every_file_is_there() -> None:
    css = (VENDOR / "public.css").read_text()
    faces = re.findall(r"@font-face{[^}]*}", css)

    assert len(faces) == 16
    assert all("unicode-range" in face and "local(" in face and "font-display:swap" in face for face in faces)
    assert all((VENDOR / url).is_file() for url in re.findall(r"url\(\"?(fonts/[^\")]+)", css))


# --- what the content policy refuses ---


def has_script_or_style(template: str) -> bool:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", template, flags=re.DOTALL)
    scripts = re.findall(r"<script[^>]*>", text)
    return bool(re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)) or any(
        "src=" not in tag for tag in scripts
    )


def has_form_judged_by_the_browser(template: str) -> bool:
    return any("novalidate" not in tag for tag in re.findall(r"<form\b.*?[^%]>", template, re.DOTALL))


def test_no_template_has_script_or_style_in_the_page() -> None:
    # A letter is printed and a mail is mailed: neither is a page.
    pages = [path for path in TEMPLATES if not {"letters", "mail"} & set(path.parts)]

    assert len(pages) > 400
    assert [path for path in pages if has_script_or_style(path.read_text())] == []


def test_no_form_is_judged_by_the_browser() -> None:
    assert [path for path in TEMPLATES if has_form_judged_by_the_browser(path.read_text())] == []


@pytest.mark.parametrize(
    "planted",
    [
        "<script>let it</script>",
        "<p style='color: red'>",
        '<a onclick="go()">',
        "<style>",
        '<a href="javascript:go()">',
    ],
)
def test_planted_script_or_style_is_found(planted: str) -> None:
    assert has_script_or_style(f"{{% block main %}}{planted}{{% endblock %}}")


def test_a_planted_form_that_the_browser_judges_is_found() -> None:
    assert has_form_judged_by_the_browser('<form method="post" action="{% url \'home\' %}">')
    assert not has_form_judged_by_the_browser('<form method="post" action="{% url \'home\' %}" novalidate>')


# --- the furniture of every page ---


def get(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("address", PUBLIC)
def test_every_public_page_has_its_furniture(prefix: str, address: str) -> None:
    html = get(prefix + address)
    body = html[html.index("<body") :]

    assert f'<html lang="{"cy" if prefix else "en-gb"}"' in html
    assert re.search(r"<body[^>]*>\s*<a href=\"#main-content\" class=\"govuk-skip-link\"", body)
    assert html.count("<h1") == 1
    assert html.count('<main class="govuk-main-wrapper" id="main-content">') == 1
    title = re.search(r"<title>(.+) – (.+) – (.+)</title>", html)
    assert title
    footer = body[body.index("<footer") :]
    for statement in STATEMENTS:
        assert f'href="{prefix}{statement}"' in footer


def test_titles_are_unique() -> None:
    titles = [re.search(r"<title>(.+)</title>", get(address))[1] for address in PUBLIC]  # type: ignore[index]

    assert len(set(titles)) == len(PUBLIC)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie_and_may_be_kept(address: str) -> None:
    answer = Client().get(address)

    assert not answer.cookies
    assert "no-store" not in answer.headers.get("Cache-Control", "")
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_other_language_is_one_link_away_and_keeps_page_and_query() -> None:
    html = get("/contact/?a=1&b=2")

    assert (
        '<a class="govuk-language-navigation__link" href="/cy/contact/?a=1&amp;b=2" rel="alternate" lang="cy" dir="ltr" hreflang="cy">Cymraeg</a>'
        in html
    )
    assert f'<link rel="alternate" hreflang="cy" href="{settings.SITE_ADDRESS}/cy/contact/?a=1&amp;b=2">' in html
    assert 'href="/contact/?a=1&amp;b=2"' in get("/cy/contact/?a=1&b=2")


@pytest.mark.django_db
@pytest.mark.once
def test_the_frame_of_one_page_is_not_shown_on_another() -> None:
    addresses = ["/check/?q=a&z", "/cy/check/", "/report/", "/pl/check/", "/terms/"]
    pages = {address: re.sub(r"<main.*</main>", "", get(address), flags=re.S) for address in addresses}
    again = {address: re.sub(r"<main.*</main>", "", get(address), flags=re.S) for address in reversed(addresses)}

    assert again == pages
    marked = {one: re.findall(r'__link" href="([^"]+)" aria-current="true"', text) for one, text in pages.items()}
    assert marked["/check/?q=a&z"] == ["/check/"]
    assert marked["/cy/check/"] == ["/cy/check/"]
    assert marked["/report/"] == ["/report/"]
    assert marked["/terms/"] == []
    assert 'hreflang="uk" href="http://localhost:8000/uk/check/?q=a&amp;z"' in pages["/check/?q=a&z"]
    assert 'hreflang="uk"' not in pages["/terms/"]
    assert 'class="govuk-language-navigation__link" href="/check/"' in pages["/pl/check/"]
    assert "a&amp;z" not in pages["/cy/check/"]


def test_what_was_posted_goes_along_to_the_other_language_outside_the_address() -> None:
    context = {
        "posted": [("q", "O'Neil & <b>")],
        "site_languages": [{"code": "cy", "name": "Cymraeg", "current": False}],
        "this_page": "/check/",
    }

    html = get_template("parts/languages.html").render(context)

    assert (
        '<button type="submit" formaction="/cy/check/" class="app-button-link" lang="cy" dir="ltr">Cymraeg</button>'
        in html
    )
    assert '<input type="hidden" name="q" value="O&#x27;Neil &amp; &lt;b&gt;">' in html
    assert "href" not in html


def test_the_start_page_has_five_doors() -> None:
    html = get("/cy/")

    assert re.findall(r'app-doors__title"><a class="govuk-link" href="([^"]+)"', html) == [
        "/cy/check/",
        "/cy/help/",
        "/cy/apply/",
        "/cy/report/",
        "/cy/staff/",
    ]


def test_an_installation_changes_its_names_and_phase() -> None:
    with override_settings(
        SERVICE_NAME="Find a gangmaster",
        ORGANISATION_NAME="Another & Authority",
        PHASE="alpha",
        LOGO="brand/favicon.svg",
    ):
        html = get("/terms/")

    assert "<title>Terms and conditions – Find a gangmaster – Another &amp; Authority</title>" in html
    assert "<strong>alpha</strong> This is a new service." in html
    assert '<img class="app-header__logo" src="/static/brand/favicon.svg" alt="">' in html


def test_a_live_service_has_no_phase_banner() -> None:
    with override_settings(PHASE=""):
        assert "phase-banner" not in get("/terms/")


def test_the_brand_is_linked_after_the_look() -> None:
    html = get("/")

    assert html.index("vendor/public.css") < html.index("brand/brand.css")


def test_a_first_visit_is_under_50_kb() -> None:
    parts = [
        get("/").encode(),
        *((VENDOR / name).read_bytes() for name in ("public.css", "public.js")),
        (CONFIG / "static/brand/brand.css").read_bytes(),
    ]

    assert sum(len(gzip.compress(part, 9)) for part in parts) < 25_000  # half of the promise: other pages are longer


def test_the_way_out_of_a_page_works_without_a_script_and_tells_nobody_where_from() -> None:
    html = get_template("parts/exit.html").render()

    assert re.search(r'<a href="https://[^"]+"[^>]* rel="nofollow noreferrer">', html)


# --- statements ---


def test_the_accessibility_statement_says_what_the_law_asks() -> None:
    html = get("/accessibility/")

    for words in (
        "partially compliant",
        "2.2 AA",
        "Non-accessible content",
        "EHRC",
        "ECNI",
        "Enforcement procedure",
        settings.CONTACT_EMAIL,
        "24 November 2026",
    ):
        assert words in html


def test_the_accessibility_statement_was_reviewed_within_a_year() -> None:
    assert datetime.now(UTC).date() - settings.ACCESSIBILITY_REVIEWED <= timedelta(days=365)


def test_the_cookies_page_lists_every_cookie_by_its_real_name() -> None:
    html = get("/cookies/")

    assert settings.SESSION_COOKIE_NAME in html
    assert settings.CSRF_COOKIE_NAME in html
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


def test_security_txt_names_a_contact_and_is_good_for_another_month() -> None:
    lines = dict(line.split(": ", 1) for line in get("/.well-known/security.txt").splitlines())
    expires = datetime.fromisoformat(lines["Expires"])

    assert lines["Contact"] == settings.SECURITY_CONTACT
    assert lines["Canonical"].endswith("/.well-known/security.txt")
    assert timedelta(days=30) < expires - datetime.now(UTC) <= timedelta(days=366)


def test_password_managers_are_led_to_the_password_page() -> None:
    answer = Client().get("/.well-known/change-password")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/password/change/")


def test_robots_may_read_the_register_and_nothing_behind_it() -> None:
    text = get("/robots.txt")

    assert "Allow: /check/" in text
    for private in ("/account/", "/apply/", "/licences/", "/staff/", "/check/?"):
        assert f"Disallow: {private}\n" in text


# --- when something goes wrong ---


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_missing_page_says_so_without_jargon() -> None:
    answer = Client().get("/no-such-page/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()
    assert contact.telephone(timezone.localdate()) in answer.content.decode()


def test_a_missing_page_is_missing_in_welsh_too() -> None:
    assert '<html lang="cy"' in Client().get("/cy/no-such-page/").content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (faults.bad_request, 400),
        (faults.forbidden, 403),
        (faults.not_found, 404),
        (faults.server_error, 500),
    ],
)
def test_error_pages_have_fixed_words_a_contact_and_no_codes(view: pages_views.View, status: int) -> None:
    answer = view(RequestFactory().get("/somewhere/"))
    html = answer.content.decode()
    main = html[html.index("<main") : html.index("</main>")]

    assert answer.status_code == status
    assert html.count("<h1") == 1
    assert "govuk-breadcrumbs" not in html
    assert contact.telephone(timezone.localdate()) in main
    assert str(status) not in main


def test_an_expired_form_is_told_apart_from_a_page_for_others() -> None:
    request = RequestFactory().get("/somewhere/")

    assert "open for too long" in faults.forbidden(request, reason="CSRF cookie not set.").content.decode()
    assert "open for too long" not in faults.forbidden(request).content.decode()
    assert settings.CSRF_FAILURE_VIEW == "config.views.faults.forbidden"


def test_the_page_of_last_resort_needs_neither_database_nor_context_nor_collected_files() -> None:
    """This test has no database, and the manifest of static files is missing."""
    manifest = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}
    with override_settings(
        STORAGES={**settings.STORAGES, **manifest}, TEMPLATES=[{**settings.TEMPLATES[0], "OPTIONS": {}}]
    ):
        answer = faults.server_error(RequestFactory().get("/cy/somewhere/"))

    assert answer.status_code == 500
    assert "there is a problem with the service" in answer.content.decode()


def test_a_broken_page_leads_to_the_page_of_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_views, "render", lambda *args, **kwargs: 1 / 0)

    answer = Client(raise_request_exception=False).get("/terms/")

    assert answer.status_code == 500
    assert "there is a problem with the service" in answer.content.decode()


def test_the_page_of_last_resort_speaks_the_language_of_the_page() -> None:
    with translation.override("cy"):
        assert '<html lang="cy"' in faults.server_error(RequestFactory().get("/cy/")).content.decode()


@pytest.mark.parametrize("sheet", ["registry.css", "public.css", "registry.rtl.css", "public.rtl.css"])
def test_every_file_that_a_style_sheet_asks_for_is_there(sheet: str) -> None:
    asked = re.findall(r"url\(([^)]+)\)", (VENDOR / sheet).read_text())

    assert asked
    assert [address for address in asked if not (VENDOR / address.strip("\"'")).is_file()] == []
