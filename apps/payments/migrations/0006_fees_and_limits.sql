-- What payees pay for payments, and how much every payer has paid today.

-- In the order in which the service takes them, so that the two cannot wait for each other.
LOCK TABLE accounts, transfers, payments IN ACCESS EXCLUSIVE MODE;

ALTER TABLE payments ADD COLUMN fee bigint NOT NULL DEFAULT 0 CHECK (fee BETWEEN 0 AND amount);
GRANT UPDATE (fee) ON payments TO {{runtime_role}};

ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check
  CHECK (kind IN ('top_up', 'payment', 'refund', 'capture', 'fee')) NOT VALID;

-- How much was paid or set aside from an account on one day in UTC. In the account's own row: whoever has locked that
-- reads it as it is now, which a sum over payments would not be.
ALTER TABLE accounts ADD COLUMN spent bigint NOT NULL DEFAULT 0, ADD COLUMN spent_day date;

-- As before, and it counts what was paid. A capture was counted when it was authorized.
CREATE OR REPLACE FUNCTION post_transfers() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  today CONSTANT date := (statement_timestamp() AT TIME ZONE 'UTC')::date;
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

  UPDATE accounts SET balance = balance + change, entry_count = entry_count + count,
    spent = CASE WHEN paid = 0 OR spent_day = today THEN spent + paid ELSE paid END,
    spent_day = CASE WHEN paid = 0 THEN spent_day ELSE today END
  FROM (
    SELECT account_id, sum(amount)::bigint AS change, count(*) AS count, sum(paid)::bigint AS paid
    FROM (
      SELECT debit_account_id AS account_id, -amount AS amount,
             CASE WHEN kind = 'payment' THEN amount ELSE 0 END AS paid FROM posted
      UNION ALL
      SELECT credit_account_id, amount, 0 FROM posted
    ) AS legs GROUP BY account_id
  ) AS changes
  WHERE accounts.account_id = changes.account_id AND user_id IS NOT NULL;
  RETURN NULL;
END $$;

-- As before, and it counts what is set aside. What is released later still counts: it was within reach all day.
CREATE OR REPLACE FUNCTION place_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  today CONSTANT date := (statement_timestamp() AT TIME ZONE 'UTC')::date;
BEGIN
  IF NEW.status <> 'authorized' THEN
    RAISE EXCEPTION 'a hold begins as authorized, not %', NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE accounts SET held = held + NEW.amount, spent_day = today,
    spent = CASE WHEN spent_day = today THEN spent + NEW.amount ELSE NEW.amount END
  WHERE user_id = NEW.payer_user_id AND currency = NEW.currency;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a hold without an account' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
