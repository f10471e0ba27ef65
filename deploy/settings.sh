# Sourced by the commands of this folder, which then run as the user of the service with the settings of the installation.
#
#   /etc/registry/environment   the settings of the service, one NAME=value on each line (REGISTRY_ETC: another folder)
#   /etc/registry/owner         OWNER_DATABASE_URL
#   /srv/registry/current       leads to the release that runs, and previous to the one before it (REGISTRY_ROOT: another folder)
#   REGISTRY_USER               the user (registry)

etc=${REGISTRY_ETC:-/etc/registry}
root=${REGISTRY_ROOT:-/srv/registry}
as=
[ "$(id -u)" != 0 ] || as="runuser -u ${REGISTRY_USER:-registry} --"

fail() {
    printf '%s: %s\n' "deploy/${0##*/}" "$*" >&2
    exit 1
}

# As systemd reads them: nothing is expanded, and quotes around a value are not part of it.
settings() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '' | '#'*) continue ;;
        *=\"*\") line=${line%\"} line=${line%%=*}=${line#*=\"} ;;
        esac
        export "${line?}"
    done <"$1"
}

# Also those of the owner. Without VAR_DIR files would be looked for in the folder of another release.
all_settings() {
    settings "$1"
    [ ! -e "$etc/owner" ] || settings "$etc/owner"
    [ -n "${VAR_DIR:-}" ] || fail "$1 does not say VAR_DIR, the folder with the files of the service"
}

# Where the head of the trail is kept outside the database, where static files are, and the file of SQLite.
trail_head() { printf '%s\n' "${TRAIL_HEAD_FILE:-$VAR_DIR/trail-head.json}"; }
sqlite_file() {
    case ${DATABASE_URL:-} in
    sqlite:///*) printf '%s\n' "${DATABASE_URL#sqlite:///}" ;;
    *) printf '%s\n' "$VAR_DIR/registry.sqlite3" ;;
    esac
}

# copy_sqlite FROM TO, while others read and write: TO is whole or as it was, and keeps its owner.
copy_sqlite() {
    [ -e "$1" ] || fail "$1 is missing"
    $as .venv/bin/python -c 'import sqlite3, sys
source, target = map(sqlite3.connect, sys.argv[1:])
source.backup(target)' "$1" "$2"
}
