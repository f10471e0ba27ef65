"""Between a proxy and servers on other machines: encrypted, and each knows the other by a certificate of the installation's authority."""

import re
import ssl
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from tests import templates
from tests.serving import nginx
from tests.serving.started import Started, a_start

pytestmark = [pytest.mark.dear, pytest.mark.once]
NAME = "servers.registry.example"
Signer = tuple[x509.Name, ec.EllipticCurvePrivateKey]


def write(folder: Path, name: str, by: Signer | None) -> Signer:
    """A certificate and its key, by an authority or, where there is none, of an authority itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer, signs = by or (subject, key)
    made = x509.CertificateBuilder(
        issuer, subject, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1)
    ).add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    if by:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
    form = serialization.Encoding.PEM
    (folder / f"{name}.pem").write_bytes(made.sign(signs, hashes.SHA256()).public_bytes(form))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return subject, key


def client(folder: Path, name: str = "") -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    context.check_hostname = False  # it is asked by its number
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if name:
        context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return context


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    authority = write(folder, "authority", None)
    for name in ("server", "proxy"):
        write(folder, name, authority)
    write(folder, "stranger", write(folder, "another", None))
    return folder


@pytest.fixture(scope="module")
def server(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    tls = {"TLS_CERTIFICATE": "server.pem", "TLS_KEY": "server.key", "TLS_CLIENTS": "authority.pem"}
    files = {name: str(keys / file) for name, file in tls.items()}
    folder = tmp_path_factory.mktemp("tls")
    with a_start(folder, templates.sqlite(), client(keys, "proxy"), WORKERS="1", **files) as found:
        yield found


@pytest.mark.parametrize("name", ["", "stranger"])
def test_who_shows_no_certificate_of_the_authority_is_not_answered(name: str, server: Started, keys: Path) -> None:
    assert server.ask("/health/live")[0] == 200

    other = Started(server.process, server.port, server.number, server.log, {}, client(keys, name))
    with pytest.raises((OSError, HTTPException)):
        other.ask("/health/live")
    plain = Started(server.process, server.port, server.number, server.log, {})
    with pytest.raises((OSError, HTTPException)):
        plain.ask("/health/live")


def fronted(folder: Path, keys: Path, to: int, trusted: str) -> nginx.Front:
    """The sample, with the lines that it leaves out and https in each `proxy_pass`."""
    front = nginx.prepare(folder, to=to)
    file = folder / "registry.conf"
    words = re.sub(r"^( +)# (proxy_ssl_)", r"\1\2", file.read_text(), flags=re.MULTILINE)
    words = words.replace("http://registry;", "https://registry;")
    file.write_text(words)
    for name, source in {"authority.pem": trusted, "proxy.pem": "proxy.pem", "proxy.key": "proxy.key"}.items():
        (folder / "etc/ssl/registry" / name).write_bytes((keys / source).read_bytes())
    return front


@pytest.mark.skipif(nginx.program() is None, reason="nginx is not installed")
@pytest.mark.parametrize(("trusted", "status"), [("authority.pem", 200), ("another.pem", 503)])
def test_nginx_asks_a_server_only_whose_certificate_is_of_the_authority(
    trusted: str, status: int, server: Started, keys: Path, tmp_path: Path
) -> None:
    with nginx.running(fronted(tmp_path, keys, server.port, trusted)) as front:
        answer = front.ask(f"/check/{server.number}/")

    assert answer.status == status
    assert ("Harvest" in answer.text) == (status == 200)
