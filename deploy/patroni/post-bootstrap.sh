#!/bin/sh
# Patroni runs this once, when it has made the cluster: the two roles, the database, its extensions.
# Installed as @POST_BOOTSTRAP@, readable by postgres alone (0700): it holds passwords.
set -eu
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$1" <<'SQL'
CREATE ROLE rembuk_owner LOGIN PASSWORD '@OWNER_PASSWORD@';
CREATE ROLE rembuk_app LOGIN PASSWORD '@APPLICATION_PASSWORD@';
CREATE DATABASE rembuk OWNER rembuk_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
\connect rembuk
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE EXTENSION btree_gin;
CREATE EXTENSION btree_gist;
CREATE EXTENSION ltree;
SQL
