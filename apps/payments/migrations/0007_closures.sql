-- Users whose accounts are closed for good, because they wish to be forgotten.

CREATE TABLE closures (
  user_id uuid PRIMARY KEY,
  closed_at timestamptz NOT NULL DEFAULT now()
);

-- Whoever is closed loses their handle here: nobody finds them by it any more.
GRANT UPDATE (handle) ON handles TO {{runtime_role}};
GRANT SELECT, INSERT ON closures TO {{runtime_role}};

-- Money can come to no closed account, whatever a statement says. The rows that are there are looked at by 0009, without
-- the lock that this takes.
ALTER TABLE accounts ADD CONSTRAINT closed_is_empty CHECK (status <> 'closed' OR (balance = 0 AND held = 0)) NOT VALID;

CREATE FUNCTION keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'account % is closed for good', OLD.account_id USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- Postings do not even call it: they leave the status alone.
CREATE TRIGGER keep_closed BEFORE UPDATE OF status ON accounts
  FOR EACH ROW WHEN (OLD.status = 'closed' AND NEW.status <> 'closed') EXECUTE FUNCTION keep_closed();
