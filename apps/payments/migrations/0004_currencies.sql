-- Accounts in four currencies, what is set aside of them, and who froze them.

INSERT INTO accounts (account_id, currency, system_name)
SELECT uuidv7(), currency, name
FROM unnest(ARRAY['USD', 'GBP', 'JPY']) AS currency,
     unnest(ARRAY['funding', 'fees', 'suspense', 'card_clearing']) AS name
ON CONFLICT DO NOTHING;

-- What is set aside for payments that are not captured yet. What may be spent is the rest: never less than nothing.
ALTER TABLE accounts ADD COLUMN held bigint NOT NULL DEFAULT 0 CHECK (held >= 0);
ALTER TABLE accounts ADD CONSTRAINT no_overdraft_of_available CHECK (balance IS NULL OR balance >= held);
ALTER TABLE accounts ADD CONSTRAINT system_holds_nothing CHECK (user_id IS NOT NULL OR held = 0);

CREATE OR REPLACE FUNCTION start_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.held := 0;
  IF NEW.user_id IS NOT NULL THEN
    NEW.balance := 0;
    NEW.entry_count := 0;
  END IF;
  RETURN NEW;
END $$;

-- Who froze or unfroze an account, and why.
CREATE TABLE account_freezes (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  status text NOT NULL CHECK (status IN ('open', 'frozen')),
  reason text NOT NULL CHECK (reason <> ''),
  operator_user_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_freezes_account ON account_freezes (account_id);

GRANT SELECT ON account_freezes TO {{runtime_role}};
GRANT INSERT (account_id, status, reason, operator_user_id) ON account_freezes TO {{runtime_role}};
