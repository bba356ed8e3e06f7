-- The double-entry ledger. What the running service may do is at the end: it inserts transfers, and everything
-- that follows from a transfer is done by the trigger. So nobody can write an entry without its counterpart, or
-- change a balance without an entry.

-- Handles as the users service announces them: payees are found without asking anybody.
CREATE TABLE handles (
  user_id uuid PRIMARY KEY,
  handle text NOT NULL UNIQUE
);

CREATE TABLE accounts (
  account_id uuid PRIMARY KEY,
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- Of a customer's account: its owner. Of a system account: its name.
  user_id uuid,
  system_name text CHECK (system_name IN ('funding', 'fees', 'suspense', 'card_clearing')),
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'frozen', 'closed')),
  -- Customers only: a system account has no balance, so it is never a hot row; its balance is a sum of transfers.
  balance bigint CONSTRAINT no_overdraft CHECK (balance >= 0),
  entry_count bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (account_id, currency),
  UNIQUE (user_id, currency),
  UNIQUE (system_name, currency),
  CONSTRAINT customer_or_system CHECK (
    (user_id IS NOT NULL AND system_name IS NULL AND balance IS NOT NULL AND entry_count IS NOT NULL)
    OR (user_id IS NULL AND system_name IS NOT NULL AND balance IS NULL AND entry_count IS NULL)
  )
) WITH (fillfactor = 70);

-- Money that moved. The composite keys make sure that both accounts are in the transfer's currency.
CREATE TABLE transfers (
  position bigint GENERATED ALWAYS AS IDENTITY,
  transfer_id uuid PRIMARY KEY,
  debit_account_id uuid NOT NULL,
  credit_account_id uuid NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL CONSTRAINT positive_amount CHECK (amount > 0),
  -- What it belongs to: a top-up, a payment or a refund.
  kind text NOT NULL CHECK (kind IN ('top_up', 'payment', 'refund')),
  reference_id uuid NOT NULL,
  payment_id uuid,
  description text NOT NULL,
  -- Not now(): the transaction may have begun long before it got its locks. So the times of an account's entries
  -- go up with their numbers.
  created_at timestamptz NOT NULL DEFAULT statement_timestamp(),
  CONSTRAINT two_accounts CHECK (debit_account_id <> credit_account_id),
  CONSTRAINT of_a_payment CHECK ((kind = 'top_up') = (payment_id IS NULL)),
  FOREIGN KEY (debit_account_id, currency) REFERENCES accounts (account_id, currency),
  FOREIGN KEY (credit_account_id, currency) REFERENCES accounts (account_id, currency)
);
-- What was asked for once is posted once.
CREATE UNIQUE INDEX transfers_reference ON transfers (reference_id, kind);

-- What each transfer did to each customer's account, numbered from 1 without gaps.
CREATE TABLE entries (
  account_id uuid NOT NULL REFERENCES accounts,
  entry_number bigint NOT NULL,
  entry_id uuid NOT NULL DEFAULT uuidv7(),
  transfer_id uuid NOT NULL REFERENCES transfers,
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_after bigint NOT NULL CONSTRAINT no_overdraft CHECK (balance_after >= 0),
  PRIMARY KEY (account_id, entry_number)
);

-- Writes entries and balances for the transfers of one statement, in their order.
CREATE FUNCTION post_transfers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- The service has locked them in this order already; whoever has not waits here.
  PERFORM FROM accounts
    WHERE user_id IS NOT NULL AND account_id IN (
      SELECT debit_account_id FROM posted UNION SELECT credit_account_id FROM posted)
    ORDER BY account_id FOR NO KEY UPDATE;

  INSERT INTO entries (account_id, entry_number, transfer_id, amount, balance_after)
  SELECT account_id,
         entry_count + row_number() OVER by_account,
         transfer_id,
         amount,
         balance + sum(amount) OVER by_account
  FROM (
    SELECT position, transfer_id, debit_account_id AS account_id, -amount AS amount FROM posted
    UNION ALL
    SELECT position, transfer_id, credit_account_id, amount FROM posted
  ) AS legs JOIN accounts USING (account_id)
  WHERE user_id IS NOT NULL
  WINDOW by_account AS (PARTITION BY account_id ORDER BY position);

  UPDATE accounts SET balance = balance + change, entry_count = entry_count + count
  FROM (
    SELECT account_id, sum(amount)::bigint AS change, count(*) AS count
    FROM (
      SELECT debit_account_id AS account_id, -amount AS amount FROM posted
      UNION ALL
      SELECT credit_account_id, amount FROM posted
    ) AS legs GROUP BY account_id
  ) AS changes
  WHERE accounts.account_id = changes.account_id AND user_id IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER post_transfers AFTER INSERT ON transfers
  REFERENCING NEW TABLE AS posted
  FOR EACH STATEMENT EXECUTE FUNCTION post_transfers();

-- Money that has moved stays moved, whoever asks: a mistake is mended by a transfer the other way.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A customer's account starts empty, whatever the statement says.
CREATE FUNCTION start_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.user_id IS NOT NULL THEN
    NEW.balance := 0;
    NEW.entry_count := 0;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER start_empty BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION start_empty();

INSERT INTO accounts (account_id, currency, system_name)
SELECT uuidv7(), 'EUR', name FROM unnest(ARRAY['funding', 'fees', 'suspense', 'card_clearing']) AS name;

GRANT SELECT, INSERT ON handles TO {{runtime_role}};
-- The right to update one column is also the right to lock a row.
GRANT SELECT, UPDATE (status) ON accounts TO {{runtime_role}};
-- Without the columns balance and entry_count: a new account is empty.
GRANT INSERT (account_id, currency, user_id) ON accounts TO {{runtime_role}};
GRANT SELECT ON transfers, entries TO {{runtime_role}};
GRANT INSERT (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id, payment_id, description)
  ON transfers TO {{runtime_role}};
