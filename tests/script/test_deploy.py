"""Units, containers and manifests are made from one table, start what there is, and name settings that are read."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import chain
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from django.core.management import get_commands

from script.deploy import compose, kubernetes, systemd
from script.deploy.table import ROOT, SECRETS, containers, in_containers, processes, schedule, settings
from tests.serving import nginx

pytestmark = pytest.mark.once

#: Every command of the page, in its order.
INSTALL = "\n".join(
    re.findall(r"^```\n(.*?)^```$", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL | re.MULTILINE)
)
CONTAINER = ROOT / "deploy" / "container"
#: Those of containers that run the image of the registry.
COMPOSE = yaml.safe_load(compose.FILE.read_text())
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == containers()["image"]}
MANIFESTS = [
    manifest for path in sorted(kubernetes.FOLDER.iterdir()) for manifest in yaml.safe_load_all(path.read_text())
]
#: What no installation can do without: the first has no default, and a deploy check refuses it without the others.
REQUIRED = {"SECRET_KEY", "NAMES_KEY", "SIGNING_KEY", "DATABASE_URL", "SITE_ADDRESS", "ALLOWED_HOSTS", "BEHIND_PROXY"}
REQUIRED |= {"CLAMD_ADDRESS", "DEFAULT_FROM_EMAIL", "SECURITY_CONTACT", "VAR_DIR", "STATIC_ROOT"}


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    """The specification of each pod, by the name of what makes it."""
    for manifest in MANIFESTS:
        spec = manifest.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if template:
            yield manifest["metadata"]["name"], template["spec"]


PODS = dict(pods())


# --- made, and from one table ---


def test_what_is_committed_is_what_is_made() -> None:
    made = dict(chain(systemd.files(), compose.files(), kubernetes.files()))
    committed = [*systemd.UNITS.iterdir(), *kubernetes.FOLDER.iterdir(), compose.FILE]

    assert {path: path.read_text() for path in committed} == made
    assert systemd.document() == systemd.DOCUMENT.read_text()


@pytest.mark.parametrize("words", ["hourly", "every day at 2", "every 5 seconds", "always"])
def test_a_time_that_not_all_of_them_know_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="is no time"):
        schedule(words)


def test_each_process_is_started_everywhere() -> None:
    named = {process.name for process in in_containers()}
    assert len(named) == 8

    assert {"web-1", "web-2", "set-up", *named} - {"web"} == {*OURS}
    assert {f"registry-{name}" for name in {"set-up", *named}} == {*PODS}


def test_images_and_folders_are_those_of_the_image_that_is_built() -> None:
    built = (CONTAINER / "Containerfile").read_text()

    assert built.count("10001") == 6 and containers()["user"] == 10001
    for place, _size in containers()["volumes"].values():
        assert f" {place}" in built
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert version and containers()["image"].endswith(f":{version[1]}")
    assert all(spec["containers"][0]["image"] == containers()["image"] for spec in PODS.values())


def test_only_what_the_image_copies_is_sent_to_be_built() -> None:
    built = (CONTAINER / "Containerfile").read_text()
    copied = {path for line in re.findall(r"^COPY (?!--from)(.*)$", built, re.MULTILINE) for path in line.split()[:-1]}
    sent = (ROOT / ".containerignore").read_text().splitlines()

    assert "*" in sent and {line[1:] for line in sent if line.startswith("!")} == copied
    assert all((ROOT / path).exists() for path in copied)
    assert "deploy" not in copied and "deploy/container" not in copied  # the folder of secrets is in there


# --- what they run ---


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    if not (program := shutil.which("systemd-analyze")):
        pytest.skip("systemd is not installed")
    for path, words in systemd.files():
        # What the units start is not installed where the tests run.
        (tmp_path / path.name).write_text(re.sub(r"^(ExecStart)=\S+", r"\1=/bin/true", words, flags=re.MULTILINE))

    judged = subprocess.run(
        [program, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, check=False
    )

    assert (judged.returncode, [line for line in judged.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_each_command_that_is_run_exists() -> None:
    arguments = [service["command"] for service in OURS.values()]
    arguments += [spec["containers"][0]["args"] for spec in PODS.values()]
    arguments += [process.arguments for process in processes()]
    arguments = [one[2:] if one[0] in {"every", "daily"} else one for one in arguments]
    named = {words[0] for words in arguments} | {*re.findall(r"^deploy/manage (\w+)", INSTALL, re.MULTILINE)}
    scripts = {name for name in named if name.startswith("script/")}

    assert scripts == {"script/serve", "script/follow_log"}
    assert all((ROOT / name).stat().st_mode & 0o100 for name in scripts)
    assert named - scripts <= {*get_commands()}


def test_the_installation_starts_every_unit_of_the_first_machine() -> None:
    (enabled,) = re.findall(r"^systemctl enable --now (.*)$", INSTALL, re.MULTILINE)

    assert {*enabled.split()} == {systemd.unit_started(process) for process in in_containers()}


@pytest.mark.parametrize(
    ("now", "when", "seconds"),
    [(0, "02:30", 9000), (9000, "02:30", 86400), (9001, "02:30", 86399), (86399, "00:00", 1)],
)
def test_a_container_waits_until_its_time_of_the_day(now: int, when: str, seconds: int) -> None:
    function = re.search(
        r"^seconds_until\(\) \{\n.*?\n\}$", (CONTAINER / "entry").read_text(), re.DOTALL | re.MULTILINE
    )
    assert function
    asked = f'date() {{ [ "$*" = "-u +%s" ] && echo {now} || /bin/date "$@"; }}\n{function[0]}\nseconds_until {when}'

    assert subprocess.run(["sh", "-eu", "-c", asked], capture_output=True, text=True).stdout == f"{seconds}\n"


# --- what they are told ---


def read_by_the_code() -> set[str]:
    """The names of all settings that the product reads, and `…_FILE` of each secret."""
    files = [
        *(ROOT / "config").glob("*.py"),
        *(ROOT / "config/copies").glob("*.py"),
        ROOT / "registry/schemes/__init__.py",
    ]
    text = "\n".join(path.read_text() for path in files)
    secrets = {*re.findall(r'\bsecret\("([A-Z_]+)"', text)}
    others = {*re.findall(r'(?:\benv|\bflag|environ\.get)\("([A-Z_]+)"', text)}
    return {*secrets, *others, *(f"{name}_FILE" for name in secrets)}


def told() -> dict[str, set[str]]:
    """The names of the settings that each container is given."""
    ours = {name: {*settings(), *service["environment"]} for name, service in OURS.items()}
    (shared,) = [{*manifest["data"]} for manifest in MANIFESTS if manifest["kind"] == "ConfigMap"]
    return ours | {name: shared | {one["name"] for one in spec["containers"][0]["env"]} for name, spec in PODS.items()}


def test_each_setting_of_a_container_is_read_and_none_that_is_required_is_missing() -> None:
    for name, given in told().items():
        assert given - read_by_the_code() == set(), name
        assert REQUIRED - {setting.removesuffix("_FILE") for setting in given} == set(), name


def test_each_secret_is_a_file_that_is_there_and_the_owner_is_known_to_set_up_alone() -> None:
    given = {name: {*service["secrets"]} for name, service in OURS.items()}
    given |= {
        name: {item["key"] for volume in spec["volumes"] if "secret" in volume for item in volume["secret"]["items"]}
        for name, spec in PODS.items()
    }

    for name, settings_of in told().items():
        named = {setting.removesuffix("_FILE") for setting in settings_of if setting.endswith("_FILE")}
        assert given[name] == named - {"TRAIL_HEAD", "LIMITS"}, name
    assert {name for name, secrets in given.items() if "OWNER_DATABASE_URL" in secrets} == {"set-up", "registry-set-up"}
    assert all(service["environment"]["SECRET_KEY_FILE"] == f"{SECRETS}/SECRET_KEY" for service in OURS.values())
    made = (CONTAINER / "new_secrets").read_text()
    assert set().union(*given.values()) - {*re.findall(r"^keep (\w+) ", made, re.MULTILINE)} == {
        "SECRET_KEY",  # by config.new_secrets
        "NAMES_KEY",
        "SEALING_KEYS",
        "SIGNING_KEY",
    }


def test_the_settings_can_be_read_by_systemd_compose_and_kubernetes_alike() -> None:
    for name, value in settings().items():
        assert re.fullmatch(r"[A-Z_]+", name)
        assert not set(value) & set("\"'\\$#`"), name


# --- Kubernetes and compose themselves ---


@pytest.mark.parametrize("version", ["1.34", kubernetes_validate.latest_version()])
def test_kubernetes_knows_each_manifest(version: str) -> None:
    for manifest in MANIFESTS:
        kubernetes_validate.validate(manifest, version, strict=True)


def test_a_wrong_manifest_is_found() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({**MANIFESTS[-1], "speck": {}}, "1.34", strict=True)


@pytest.mark.parametrize("name", PODS)
def test_no_pod_can_harm_the_machine_or_take_all_of_it(name: str) -> None:
    pod, (container,) = PODS[name], PODS[name]["containers"]

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["seccompProfile"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {*container["resources"]["limits"]} >= {"cpu", "memory"} <= {*container["resources"]["requests"]}
    assert all(volume["emptyDir"]["sizeLimit"] for volume in pod["volumes"] if "emptyDir" in volume)
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


def test_two_servers_are_asked_whether_they_answer_the_look_up() -> None:
    (web,) = [
        manifest
        for manifest in MANIFESTS
        if manifest["metadata"]["name"] == "registry-web" and "replicas" in manifest.get("spec", {})
    ]
    server = web["spec"]["template"]["spec"]["containers"][0]

    assert web["spec"]["replicas"] == 2
    assert server["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert server["readinessProbe"]["httpGet"]["path"] == "/health/look-up"
    assert {"Ingress", "Service", "PodDisruptionBudget"} <= {manifest["kind"] for manifest in MANIFESTS}
    assert all(
        OURS[name]["healthcheck"]["test"][-1].endswith("deploy/container/healthy") for name in ("web-1", "web-2")
    )


def test_each_file_and_volume_of_the_compose_file_is_there() -> None:
    services = COMPOSE["services"].values()
    mounted = [volume.split(":")[0] for service in services for volume in service.get("volumes", [])]
    files = {name for name in mounted if name.startswith(".")} - {"./certificates"}

    assert {name for name in mounted if not name.startswith(".")} == {*COMPOSE["volumes"]}
    assert all((CONTAINER / name).is_file() for name in files)
    assert (CONTAINER / COMPOSE["x-registry"]["env_file"]).is_file()
    assert {name for service in services for name in service.get("secrets", [])} == {*COMPOSE["secrets"]}
    assert all("mem_limit" in service for service in services)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_a_container_is_healthy_when_its_server_says_so(status: int, code: int) -> None:
    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.handle_request).start()
        own = {"PATH": os.environ["PATH"], "PORT": str(server.server_port), "ALLOWED_HOSTS": "one.test,other.test"}
        judged = subprocess.run([CONTAINER / "healthy"], env=own, capture_output=True, check=False)

    assert (judged.returncode, asked) == (code, [("/health/look-up", "one.test", "https")])


@pytest.mark.skipif(nginx.program() is None, reason="nginx is not installed")
def test_nginx_accepts_what_the_proxy_of_containers_makes(tmp_path: Path) -> None:
    nginx.write_certificate(tmp_path)
    sample = nginx.SAMPLE.read_text().replace("/etc/ssl/registry", str(tmp_path))
    (tmp_path / "sample.conf").write_text(sample)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/nginx").write_text(f'#!/bin/sh\nexec {nginx.program()} -t "$@"\n')
    (tmp_path / "bin/nginx").chmod(0o755)
    told = COMPOSE["services"]["proxy"]["environment"] | {"SITE_ADDRESS": settings()["SITE_ADDRESS"]}
    own = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "NGINX_SAMPLE": f"{tmp_path}/sample.conf"}

    judged = subprocess.run(
        ["sh", str(CONTAINER / "proxy"), f"{tmp_path}/made"],
        env=told | own,
        capture_output=True,
        text=True,
        check=False,
    )

    assert judged.returncode == 0, judged.stderr
    made = (tmp_path / "made/registry.conf").read_text()
    assert "server_name register.authority.example;" in made and "registry.example" not in made
    for end in ("max_fails=1 fail_timeout=10s;", "max_fails=0 backup;"):
        assert all(f"server {server} {end}" in made for server in told["WEB"].split())
    assert not re.search(r"127\.0\.0\.1:8000 max|/var/", made)
