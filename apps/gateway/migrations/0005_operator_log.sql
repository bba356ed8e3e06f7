-- What operators did and looked at: who, what, whom, why, when. Written before it is done, or before what was read is handed
-- out; how it ended, after. Nothing in it is ever changed.
CREATE TABLE operator_log (
  -- Given under a lock: a page that was read stays what it was.
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  operator_user_id uuid NOT NULL,
  action text NOT NULL CHECK (action ~ '^[a-z_]+$'),
  -- Whom it is about; null where nobody was found, or where an account says it.
  subject_user_id uuid,
  subject_account_id uuid,
  -- Of acts: in the operator's words.
  reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
  trace_id text NOT NULL,
  at timestamptz NOT NULL DEFAULT statement_timestamp()
);

-- Absent: nobody was left to say how it ended.
CREATE TABLE operator_outcomes (
  position bigint PRIMARY KEY REFERENCES operator_log,
  -- `done`, or the code of the problem that the operator was told.
  outcome text NOT NULL CHECK (outcome ~ '^[a-z_]+$')
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_outcomes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON operator_log, operator_outcomes TO {{runtime_role}};
