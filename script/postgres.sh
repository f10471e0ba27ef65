# A PostgreSQL for the tests: the one in $given_url, else one that answers on this machine, else a cluster of our own.
# Sourced after lib.sh. Sets POSTGRES_URL, or leaves it empty when there is none to be had.

POSTGRES_URL=
cluster=

postgres_bin() {
    for directory in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(have pg_config && pg_config --bindir); do
        if [ -x "$directory/initdb" ]; then
            say "$directory"
            return
        fi
    done
    return 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if is_root; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

postgres_answers() {
    $PYTHON -c 'import sys, psycopg; psycopg.connect(sys.argv[1], connect_timeout=2).close()' "$1" 2>/dev/null
}

start_cluster() {
    server=$(postgres_bin) || return 1
    cluster=$(mktemp -d "${TMPDIR:-/tmp}/registry-postgres.XXXXXX")
    port=$(spare_port)
    if is_root; then chown postgres "$cluster" || return 1; fi
    # Nothing here has to survive a power cut, so nothing waits for the disk.
    (
        cd "$cluster" &&
            as_postgres "$server/initdb" -D "$cluster/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
            as_postgres "$server/pg_ctl" -D "$cluster/data" -l "$cluster/log" -w start -o "-p $port -k $cluster \
                -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
                -c autovacuum=off"
    ) >"$cluster.out" 2>&1 || {
        cat "$cluster.out" >&2
        return 1
    }
    POSTGRES_URL=postgresql://postgres@127.0.0.1:$port/postgres
}

find_postgres() {
    local_url=postgresql://${PGUSER:-postgres}@127.0.0.1:5432/postgres
    case $given_url in
    postgres*) POSTGRES_URL=$given_url ;;
    *)
        if postgres_answers "$local_url"; then
            POSTGRES_URL=$local_url
        else
            start_cluster || POSTGRES_URL=
        fi
        ;;
    esac
}

stop_postgres() {
    [ -n "$cluster" ] || return 0
    as_postgres "$(postgres_bin)/pg_ctl" -D "$cluster/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$cluster" "$cluster.out"
    cluster=
}
