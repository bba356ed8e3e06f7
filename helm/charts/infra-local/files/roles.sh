#!/bin/sh
# Runs beside the server after every start of the container, before it counts as started. Not an init script of the
# image: those run once, so a first start that was interrupted would leave a server without roles for good.
set -eu

# Over TCP: while the image prepares a new data folder, its temporary server answers on the socket only.
tries=0
until pg_isready --quiet --host=127.0.0.1; do
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || { echo 'PostgreSQL did not accept connections within 5 minutes.' >&2; exit 1; }
  sleep 1
done

# Backquotes of psql: passwords stay out of the list of processes.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<SQL
\set database '$SERVICE'
\set owner '${SERVICE}_owner'
\set app '${SERVICE}_app'
\set owner_password \`cat "$CREDENTIALS/owner-password"\`
\set app_password \`cat "$CREDENTIALS/app-password"\`
\i $ROLES/roles.sql
SQL
