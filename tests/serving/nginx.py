"""nginx with the very file of docs/serving, moved to ports and folders of the test."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from tests.serving.conftest import Answer, ask
from tests.serving.ports import HOST, free_port
from tests.serving.started import ROOT

SAMPLE = ROOT / "docs" / "serving" / "nginx.conf"
AROUND = """
daemon off; {user} worker_processes 1; pid {folder}/pid; error_log {folder}/var/log/nginx/start.log info;
events {{ }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/registry.conf;
}}
"""


def program() -> str | None:
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


@dataclass(frozen=True, slots=True)
class Front:
    folder: Path
    port: int

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        return ask(f"https://{HOST}:{self.port}{path}", form, Host="localhost", **headers)

    def logged(self) -> str:
        """All that nginx has written anywhere, but copies of the data files."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and "cache" not in path.parts)
        return "\n".join(path.read_text(errors="replace") for path in files if path.suffix != ".conf")

    def has_logged(self, words: str) -> bool:
        """Whether these words come to be logged: nginx writes its line after it has answered."""
        for _try in range(100):
            if words in self.logged():
                return True
            time.sleep(0.1)
        return False


def prepare(folder: Path, *, to: int, also: int = 0) -> Front:
    """As after `apt-get install nginx`, below this folder: a certificate of our own, and the service at the port `to`.

    `also` is the port of a second machine, as in the line that the file leaves out.
    """
    front = Front(folder, free_port())
    for name in ("etc/ssl/registry", "var/log/nginx", "var/cache"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_certificate(folder / "etc/ssl/registry")
    words = SAMPLE.read_text()
    words = re.sub(r"(\s)/(etc|srv|var)/", rf"\1{folder}/\2/", words)
    words = words.replace("listen 80;", f"listen {HOST}:{free_port()};").replace(
        "listen 443", f"listen {HOST}:{front.port}"
    )
    if also:
        words = words.replace("# server 10.0.0.12:8000", f"server {HOST}:{also}")
    words = words.replace("127.0.0.1:8000", f"{HOST}:{to}").replace(
        "server_name registry.example", "server_name localhost"
    )
    (folder / "registry.conf").write_text(words)
    is_root = os.geteuid() == 0
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user="user root;" if is_root else ""))
    return front


def judge(front: Front) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*_command(front), "-t"], capture_output=True, text=True, check=False)


@contextmanager
def running(front: Front) -> Iterator[Front]:
    with subprocess.Popen(_command(front), stderr=subprocess.PIPE, text=True) as nginx:
        try:
            _wait_for(front)
            yield front
        finally:
            nginx.terminate()


def _command(front: Front) -> list[str]:
    return [
        str(program()),
        "-p",
        str(front.folder),
        "-c",
        str(front.folder / "nginx.conf"),
        "-e",
        str(front.folder / "early.log"),
    ]


def _wait_for(front: Front) -> None:
    for _try in range(100):
        try:
            front.ask("/health/live")
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(front.logged())


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
