-- Every handle that is reserved or was ever confirmed. A confirmed one stays for good: handles are never reused.
CREATE TABLE handles (
  handle text PRIMARY KEY CHECK (handle ~ '^[a-z][a-z0-9_]{2,29}$'),
  user_id uuid NOT NULL,
  -- Until when an unconfirmed handle is held; after that another user may take it.
  reserved_until timestamptz,
  confirmed_at timestamptz,
  CONSTRAINT handles_one_per_user UNIQUE (user_id),
  CONSTRAINT handles_reserved_or_confirmed CHECK ((reserved_until IS NULL) <> (confirmed_at IS NULL))
);
CREATE INDEX handles_lapsed_idx ON handles (reserved_until) WHERE confirmed_at IS NULL;

CREATE FUNCTION keep_confirmed_handle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'handle % is confirmed and stays as it is', OLD.handle
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER keep_confirmed_handle BEFORE UPDATE OR DELETE ON handles
  FOR EACH ROW WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION keep_confirmed_handle();

CREATE TABLE profiles (
  user_id uuid PRIMARY KEY,
  handle text NOT NULL UNIQUE REFERENCES handles,
  display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 80),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON handles TO {{runtime_role}};
GRANT SELECT, INSERT, UPDATE ON profiles TO {{runtime_role}};
