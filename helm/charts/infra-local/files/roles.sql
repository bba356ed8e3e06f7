-- One service's database and its two roles. Safe to repeat; passwords are set to the given ones.
-- The same rules as tools/dev/src/postgres/databases.ts, which makes them for `npm start`. Also for a managed
-- PostgreSQL: docs/databases.md. Variables of psql: database, owner, app, owner_password, app_password.

-- Neither role gets anywhere but into its own database. Only a superuser can close these two: on a managed PostgreSQL,
-- where nobody is one, they stay open.
SELECT 'REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC' FROM pg_roles
 WHERE rolname = current_user AND rolsuper \gexec

SELECT format('CREATE ROLE %I', role) FROM unnest(ARRAY[:'owner', :'app']) AS role
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

-- The owner runs the migrations; they grant the other role what the running service needs, table by table.
ALTER ROLE :"owner" LOGIN PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN PASSWORD :'app_password';

-- Who is not a superuser (managed databases) may give a database only to a role that they can become.
SELECT format('GRANT %I TO CURRENT_USER', :'owner') FROM pg_roles
 WHERE rolname = current_user AND NOT rolsuper \gexec

SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"owner", :"app";
