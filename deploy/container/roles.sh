#!/bin/sh
# Run once by PostgreSQL's image, on an empty data folder: the roles and the database, with the passwords that are in the addresses.

set -eu
password() { sed 's|^[^:]*://[^:]*:\([^@]*\)@.*|\1|' "${SECRETS:-/run/secrets}/$1"; }
OWNER_PASSWORD=$(password OWNER_DATABASE_URL)
PAGES_PASSWORD=$(password DATABASE_URL)
COPIES_PASSWORD=$(password BACKUP_DATABASE_URL)
export OWNER_PASSWORD PAGES_PASSWORD COPIES_PASSWORD
psql --username postgres --no-psqlrc --quiet --set ON_ERROR_STOP=1 <"${ROLES:-/srv/roles.sql}"
