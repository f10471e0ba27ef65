-- The roles and the database of an installation, for psql as the superuser. The passwords come from its environment:
-- OWNER_PASSWORD, PAGES_PASSWORD and COPIES_PASSWORD.
\getenv owner OWNER_PASSWORD
\getenv pages PAGES_PASSWORD
\getenv copies COPIES_PASSWORD
CREATE ROLE registry_owner LOGIN PASSWORD :'owner';
CREATE ROLE registry_web LOGIN PASSWORD :'pages';
CREATE ROLE registry_copies LOGIN REPLICATION PASSWORD :'copies';
CREATE DATABASE registry OWNER registry_owner ENCODING 'UTF8' TEMPLATE template0;
