"""An installation on one machine by compose: two servers, the worker, the timers, and what they need beside them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from script.deploy.table import (
    HEAD,
    ROOT,
    Process,
    as_yaml,
    containers,
    environment_of,
    in_containers,
    mounts_of,
    secrets_of,
)

FILE = ROOT / "deploy" / "container" / "compose.yaml"
#: Addresses that stay when a server is made again, as nginx reads them once. How many of them there are is here alone.
SUBNET = "10.89.7.0/24"
SERVERS = {"web-1": "10.89.7.11", "web-2": "10.89.7.12"}
PORT = 8000
SET_UP = "set-up"
#: What the addresses of the database name: it is asked by a socket of this machine, and by no network.
SOCKET = "socket:/run/postgresql"
POSTGRES_PASSWORD, OBJECT_STORE = "POSTGRES_PASSWORD", "OBJECT_STORE"
SAFE: dict[str, Any] = {
    "restart": "unless-stopped",
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
}


def files() -> Iterator[tuple[Path, str]]:
    words = as_yaml(_file())
    # YAML's own way to say once what all have in common, which a library that writes data does not know.
    words = words.replace("x-registry:", "x-registry: &registry").replace("'<<': '*registry'", "<<: *registry")
    yield FILE, HEAD.format(section="In containers") + words


def _file() -> dict[str, Any]:
    services = {SET_UP: _set_up()}
    for process in in_containers():
        services |= dict(_services(process))
    secrets = sorted({name for one in [None, *in_containers()] for name in secrets_of(one)})
    return {
        "name": "registry",
        "x-registry": _common(),
        "services": services | _beside(),
        "networks": {"inside": {"ipam": {"config": [{"subnet": SUBNET}]}}},
        "volumes": dict.fromkeys([*containers()["volumes"], "database", "socket", "signatures", "objects"]),
        "secrets": {name: {"file": f"secrets/{name}"} for name in [*secrets, POSTGRES_PASSWORD, OBJECT_STORE]},
    }


def _common() -> dict[str, Any]:
    said = containers()
    return {
        "image": said["image"],
        "build": {"context": "../..", "dockerfile": "deploy/container/Containerfile"},
        "user": f"{said['user']}:{said['user']}",
        "env_file": "../environment.example",
        **SAFE,
        # The counts of a server for monitoring are its own: in_containers of two containers have the same numbers.
        "tmpfs": ["/tmp", "/var/lib/registry/metrics"],
        "networks": ["inside"],
        "mem_limit": "3g",
        "cpus": 2,
    }


def _own(process: Process | None, command: list[str], **more: Any) -> dict[str, Any]:
    return {
        "<<": "*registry",
        "command": command,
        "environment": containers()["environment"] | environment_of(process),
        "secrets": secrets_of(process),
        "volumes": [
            *(f"{name}:{place}{':ro' if is_read else ''}" for name, place, is_read in mounts_of(process)),
            SOCKET,
        ],
        **more,
    }


def _set_up() -> dict[str, Any]:
    return _own(None, ["set_up"], restart="no", depends_on={"database": {"condition": "service_healthy"}})


def _services(process: Process) -> Iterator[tuple[str, dict[str, Any]]]:
    after = {SET_UP: {"condition": "service_completed_successfully"}}
    if process.name == "web":
        for name, address in SERVERS.items():
            yield name, _server(process, address, after)
    elif process.is_always:
        yield process.name, _own(process, process.arguments, depends_on=after)
    else:
        yield process.name, _own(process, [*process.schedule.entry, *process.arguments], depends_on=after)


def _server(process: Process, address: str, after: dict[str, Any]) -> dict[str, Any]:
    asked = {"test": ["CMD", "/srv/registry/current/deploy/container/healthy"]}
    return _own(
        process,
        process.arguments,
        networks={"inside": {"ipv4_address": address}},
        healthcheck=asked | {"interval": "15s", "timeout": "10s", "retries": 3, "start_period": "60s"},
        stop_grace_period="30s",
        depends_on=after,
    )


def _beside() -> dict[str, dict[str, Any]]:
    images = containers()["beside"]
    return {
        "proxy": {
            "image": images["proxy"],
            "entrypoint": ["/bin/sh", "/srv/proxy", "/tmp/registry"],
            "env_file": "../environment.example",
            "environment": {"WEB": " ".join(f"{address}:{PORT}" for address in SERVERS.values())},
            **SAFE,
            "sysctls": {"net.ipv4.ip_unprivileged_port_start": "0"},
            "tmpfs": ["/tmp"],
            "volumes": [
                "./proxy:/srv/proxy:ro",
                "../../docs/serving/nginx.conf:/srv/nginx.conf:ro",
                "./certificates:/etc/ssl/registry:ro",
                "static:/srv/registry/static:ro",
                "carried:/srv/registry/carried:ro",
            ],
            "ports": ["80:80", "443:443"],
            "networks": ["inside"],
            "mem_limit": "1g",
            "depends_on": {name: {"condition": "service_healthy"} for name in SERVERS},
        },
        "database": {
            "image": images["database"],
            "command": ["-c", "listen_addresses="],
            "network_mode": "none",
            "environment": {
                "POSTGRES_PASSWORD_FILE": f"/run/secrets/{POSTGRES_PASSWORD}",
                "POSTGRES_INITDB_ARGS": "--auth-local=scram-sha-256 --auth-host=scram-sha-256",
            },
            "restart": "unless-stopped",
            "shm_size": "256m",
            "volumes": [
                "database:/var/lib/postgresql/data",
                SOCKET,
                "./roles.sh:/docker-entrypoint-initdb.d/roles.sh:ro",
                "../roles.sql:/srv/roles.sql:ro",
            ],
            "secrets": [POSTGRES_PASSWORD, "DATABASE_URL", "OWNER_DATABASE_URL", "BACKUP_DATABASE_URL"],
            # The first process is PostgreSQL only when its image has made the roles.
            "healthcheck": {
                "test": ["CMD-SHELL", "grep -q postgres /proc/1/comm && pg_isready --host /run/postgresql"],
                "interval": "5s",
                "retries": 24,
            },
            "stop_grace_period": "60s",
            "mem_limit": "4g",
        },
        "scanner": {
            "image": images["scanner"],
            "restart": "unless-stopped",
            "volumes": ["signatures:/var/lib/clamav", "./clamd.conf:/etc/clamav/clamd.conf:ro"],
            "networks": ["inside"],
            "mem_limit": "4g",
        },
        # Only where documents are to lie in an object store: docs/operations.md.
        "objects": {
            "image": images["objects"],
            "profiles": ["objects"],
            "command": ["server", "-dir=/data", "-s3", f"-s3.config=/run/secrets/{OBJECT_STORE}"],
            "restart": "unless-stopped",
            "volumes": ["objects:/data"],
            "secrets": [OBJECT_STORE],
            "networks": ["inside"],
            "mem_limit": "2g",
        },
    }
