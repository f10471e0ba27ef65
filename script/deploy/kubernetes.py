"""The manifests for Kubernetes: the server twice, the worker, one job that sets the database up, and all timers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from script.deploy.table import (
    HEAD,
    ROOT,
    SECRETS,
    Process,
    as_yaml,
    containers,
    environment_of,
    in_containers,
    mounts_of,
    secrets_of,
    settings,
)

FOLDER = ROOT / "deploy" / "kubernetes"
NAMESPACE = NAME = SECRET = "registry"
SETTINGS = "registry-settings"
PORT = 8000
SERVERS = 2
Manifest = dict[str, Any]


def files() -> Iterator[tuple[Path, str]]:
    """Each file of deploy/kubernetes and what it says."""
    head = HEAD.format(section="In containers")
    for name, manifests in _files().items():
        yield FOLDER / f"{name}.yaml", head + as_yaml(*manifests)


def _files() -> dict[str, list[Manifest]]:
    found = {
        "namespace": [_namespace()],
        "settings": [_settings()],
        "volumes": [_claim(name, size) for name, (_place, size) in containers()["volumes"].items()],
        "set-up": [_job(_pod(None, ["set_up"], "Never"))],
        "timers": [_cron_job(process) for process in in_containers() if not process.is_always],
    }
    for process in in_containers():
        if process.is_always:
            found[process.name] = [_deployment(process)]
    found["web"] += [_service(), _budget(), _ingress()]
    return found


def _named(kind: str, version: str, name: str, spec: Manifest | None = None, **more: Any) -> Manifest:
    said: Manifest = {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": NAMESPACE}}
    return said | ({"spec": spec} if spec is not None else {}) | more


def _namespace() -> Manifest:
    """In which only what cannot harm the machine may run."""
    labels = {"pod-security.kubernetes.io/enforce": "restricted"}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE, "labels": labels}}


def _settings() -> Manifest:
    return _named("ConfigMap", "v1", SETTINGS, data=settings() | containers()["environment"])


def _claim(name: str, size: str) -> Manifest:
    """Each is read and written by pods on several machines."""
    spec = {"accessModes": ["ReadWriteMany"], "resources": {"requests": {"storage": size}}}
    return _named("PersistentVolumeClaim", "v1", f"{NAME}-{name}", spec)


def _labels(name: str) -> dict[str, str]:
    return {"app.kubernetes.io/name": NAME, "app.kubernetes.io/component": name}


def _deployment(process: Process) -> Manifest:
    is_web = process.name == "web"
    pod = _pod(process, process.arguments, "Always")
    if is_web:
        _serve(pod)
    spec = {
        "replicas": SERVERS if is_web else 1,
        # Of the others there is never more than one: of two workers, or of two that follow the log, one would be in the way.
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
        if is_web
        else {"type": "Recreate"},
        "selector": {"matchLabels": _labels(process.name)},
        "template": pod,
    }
    return _named("Deployment", "apps/v1", f"{NAME}-{process.name}", spec)


def _serve(pod: Manifest) -> None:
    """What a server is asked, and how it ends: it is taken out of service first."""
    (container,) = pod["spec"]["containers"]
    container["ports"] = [{"name": "http", "containerPort": PORT}]
    container["startupProbe"] = _probe("live", period=2, failures=90)
    container["livenessProbe"] = _probe("live", period=10, failures=3)
    container["readinessProbe"] = _probe("look-up", period=10, failures=2)
    container["lifecycle"] = {"preStop": {"exec": {"command": ["sleep", "5"]}}}
    pod["spec"]["topologySpreadConstraints"] = [
        {
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": _labels("web")},
        }
    ]


def _host() -> str:
    return settings()["ALLOWED_HOSTS"].partition(",")[0]


def _probe(name: str, *, period: int, failures: int) -> Manifest:
    """As the proxy asks it, so that it is answered and not led on to HTTPS."""
    headers = [{"name": "Host", "value": _host()}, {"name": "X-Forwarded-Proto", "value": "https"}]
    asked = {"path": f"/health/{name}", "port": "http", "httpHeaders": headers}
    return {"httpGet": asked, "periodSeconds": period, "timeoutSeconds": 5, "failureThreshold": failures}


def _pod(process: Process | None, arguments: list[str], restart: str) -> Manifest:
    name = process.name if process else "set-up"
    user = containers()["user"]
    volumes = _volumes(process)
    spec = {
        "restartPolicy": restart,
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 40,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": user,
            "runAsGroup": user,
            "fsGroup": user,
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(process, name, arguments, [mount for _volume, mount in volumes])],
        "volumes": [volume for volume, _mount in volumes],
    }
    return {"metadata": {"labels": _labels(name)}, "spec": spec}


def _container(process: Process | None, name: str, arguments: list[str], mounts: list[Manifest]) -> Manifest:
    processor, memory = process.asks if process else ("500m", "512Mi")
    return {
        "name": name,
        "image": containers()["image"],
        "args": arguments,
        "envFrom": [{"configMapRef": {"name": SETTINGS}}],
        "env": [{"name": key, "value": value} for key, value in environment_of(process).items()],
        "resources": {
            "requests": {"cpu": processor, "memory": memory},
            "limits": {"cpu": "2", "memory": "3Gi", "ephemeral-storage": "2Gi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": mounts,
    }


def _volumes(process: Process | None) -> list[tuple[Manifest, Manifest]]:
    """What a pod mounts: folders that all share, what is its own, and the secrets that it needs and no other."""
    found = [
        (
            {"name": name, "persistentVolumeClaim": {"claimName": f"{NAME}-{name}"}},
            {"name": name, "mountPath": place} | ({"readOnly": True} if is_read else {}),
        )
        for name, place, is_read in mounts_of(process)
    ]
    for name, place in (("scratch", "/tmp"), ("metrics", "/var/lib/registry/metrics")):
        found.append(({"name": name, "emptyDir": {"sizeLimit": "1Gi"}}, {"name": name, "mountPath": place}))
    items = [{"key": key, "path": key} for key in secrets_of(process)]
    secret = {"name": "secrets", "secret": {"secretName": SECRET, "defaultMode": 0o440, "items": items}}
    return [*found, (secret, {"name": "secrets", "mountPath": SECRETS, "readOnly": True})]


def _job(pod: Manifest) -> Manifest:
    spec = {"backoffLimit": 3, "activeDeadlineSeconds": 3600, "template": pod}
    return _named("Job", "batch/v1", f"{NAME}-set-up", spec)


def _cron_job(process: Process) -> Manifest:
    job = {"backoffLimit": 0, "activeDeadlineSeconds": 14400, "template": _pod(process, process.arguments, "Never")}
    spec = {
        "schedule": process.schedule.cron,
        "timeZone": "Etc/UTC",
        "concurrencyPolicy": "Forbid",
        "startingDeadlineSeconds": 600,
        "successfulJobsHistoryLimit": 1,
        "failedJobsHistoryLimit": 3,
        "jobTemplate": {"spec": job},
    }
    return _named("CronJob", "batch/v1", f"{NAME}-{process.name}", spec)


def _service() -> Manifest:
    spec = {"selector": _labels("web"), "ports": [{"name": "http", "port": PORT, "targetPort": "http"}]}
    return _named("Service", "v1", f"{NAME}-web", spec)


def _budget() -> Manifest:
    spec = {"minAvailable": 1, "selector": {"matchLabels": _labels("web")}}
    return _named("PodDisruptionBudget", "policy/v1", f"{NAME}-web", spec)


def _ingress() -> Manifest:
    """Without a log of who asks for which business. Other kinds of ingress have other words for it: docs/operations.md."""
    server = {"service": {"name": f"{NAME}-web", "port": {"name": "http"}}}
    spec = {
        "tls": [{"hosts": [_host()], "secretName": f"{NAME}-tls"}],
        "rules": [{"host": _host(), "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": server}]}}],
    }
    manifest = _named("Ingress", "networking.k8s.io/v1", f"{NAME}-web", spec)
    manifest["metadata"]["annotations"] = {
        "nginx.ingress.kubernetes.io/enable-access-log": "false",
        "nginx.ingress.kubernetes.io/proxy-body-size": "55m",
        "nginx.ingress.kubernetes.io/limit-rpm": "600",
    }
    return manifest
