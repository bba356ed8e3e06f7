-- Top-ups from a card: a saga with an outside party. Its state is a row that any replica may work on under a lease. What
-- the database itself makes sure of: a state follows from the one before by the ways below and no other, and the money
-- in the ledger is where the state says it is.

-- In the order in which the service takes them, so that the two cannot wait for each other.
LOCK TABLE transfers, top_ups IN ACCESS EXCLUSIVE MODE;

-- Money that the processor has taken from a card lies in card_clearing until it is credited or given back.
-- NOT VALID: the rows there are satisfy the narrower rules of before.
ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check
  CHECK (kind IN ('top_up', 'payment', 'refund', 'capture', 'fee', 'card_charge', 'card_refund')) NOT VALID;
ALTER TABLE transfers DROP CONSTRAINT of_a_payment;
ALTER TABLE transfers ADD CONSTRAINT of_a_payment
  CHECK ((kind IN ('top_up', 'card_charge', 'card_refund')) = (payment_id IS NULL)) NOT VALID;

CREATE TABLE card_top_ups (
  top_up_id uuid PRIMARY KEY REFERENCES top_ups,
  -- Got from the processor by the client. It stands for a card there and for nothing anywhere else. Gone at the end of the
  -- top-up: nothing is charged then any more.
  card_token text,
  state text NOT NULL DEFAULT 'charging' CHECK (
    state IN ('charging', 'charged', 'completed', 'refunding', 'refunded', 'failed', 'needs_attention')
  ),
  -- Goes up with every claim and every write: whoever has an older one has lost its lease and writes nothing.
  version bigint NOT NULL DEFAULT 1,
  -- How often somebody has set about this state.
  attempts integer NOT NULL DEFAULT 1,
  -- While somebody works on it: the end of the lease.
  next_attempt_at timestamptz NOT NULL,
  -- The processor has promised not to charge after this moment. Until then "not found" does not mean "not charged".
  charge_before timestamptz NOT NULL,
  charge_id text UNIQUE,
  refund_id text UNIQUE,
  -- Why it failed or needs attention.
  reason text NOT NULL DEFAULT '',
  -- The trace of the request, which all that follows continues.
  trace jsonb NOT NULL DEFAULT '{}',
  changed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT money_has_a_charge CHECK (
    charge_id IS NOT NULL OR state IN ('charging', 'failed', 'needs_attention')
  ),
  CONSTRAINT refunded_has_a_refund CHECK ((state = 'refunded') = (refund_id IS NOT NULL)),
  CONSTRAINT token_until_the_end CHECK (
    CASE WHEN state = 'charging' THEN card_token IS NOT NULL
         WHEN state IN ('completed', 'refunded', 'failed') THEN card_token IS NULL
         ELSE true END
  )
) WITH (fillfactor = 70);
CREATE INDEX card_top_ups_due ON card_top_ups (next_attempt_at) WHERE state IN ('charging', 'charged', 'refunding');
CREATE INDEX card_top_ups_attention ON card_top_ups (changed_at) WHERE state = 'needs_attention';

-- What the processor has told by webhook: each event once, for good.
CREATE TABLE processor_events (
  event_id text PRIMARY KEY,
  type text NOT NULL,
  charge_id text NOT NULL,
  charge_key text NOT NULL,
  refund_id text NOT NULL,
  amount bigint NOT NULL,
  currency text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX processor_events_of_a_key ON processor_events (charge_key);

CREATE FUNCTION follow_the_ways() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state, NEW.state) NOT IN (
    ('charging', 'charged'), ('charging', 'failed'), ('charging', 'refunded'), ('charging', 'needs_attention'),
    ('charged', 'completed'), ('charged', 'refunding'), ('charged', 'refunded'),
    ('refunding', 'refunded'), ('refunding', 'needs_attention'),
    -- Charged after all, although the processor had promised not to.
    ('failed', 'refunding'), ('failed', 'refunded'),
    ('needs_attention', 'charging'), ('needs_attention', 'charged'), ('needs_attention', 'failed'),
    ('needs_attention', 'refunding'), ('needs_attention', 'refunded')
  ) THEN
    RAISE EXCEPTION 'from % to % there is no way', OLD.state, NEW.state
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF OLD.charge_id IS NOT NULL AND OLD.charge_id IS DISTINCT FROM NEW.charge_id THEN
    RAISE EXCEPTION 'a top-up has one charge' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state IN ('completed', 'refunded', 'failed') THEN NEW.card_token := NULL; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER follow_the_ways BEFORE UPDATE ON card_top_ups
  FOR EACH ROW WHEN ((OLD.state, OLD.charge_id) IS DISTINCT FROM (NEW.state, NEW.charge_id))
  EXECUTE FUNCTION follow_the_ways();

-- Whether the ledger has what the state of a saga says, and nothing else: money is taken once, then either credited once or
-- given back once.
CREATE FUNCTION card_money_is_where_it_must_be(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (
    SELECT FROM card_top_ups JOIN top_ups USING (top_up_id)
    CROSS JOIN LATERAL (VALUES
      ('card_charge', 'funding', 'card_clearing', charge_id IS NOT NULL),
      ('card_refund', 'card_clearing', 'funding', state = 'refunded'),
      ('top_up', 'card_clearing', NULL, state = 'completed')
    ) AS expected (kind, debit_name, credit_name, there)
    WHERE top_up_id = wanted AND there IS DISTINCT FROM EXISTS (
      SELECT FROM transfers
      JOIN accounts AS debit ON debit.account_id = debit_account_id
      JOIN accounts AS credit ON credit.account_id = credit_account_id
      WHERE reference_id = wanted AND transfers.kind = expected.kind
        AND transfers.amount = top_ups.amount AND transfers.currency = top_ups.currency
        AND debit.system_name = debit_name
        AND (credit.system_name = credit_name OR (credit_name IS NULL AND credit.account_id = top_ups.account_id))
    )
  )
$$;

-- At the end of the transaction, from either side: a state without its money, money without its state.
CREATE FUNCTION money_follows_state() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT card_money_is_where_it_must_be(NEW.top_up_id) THEN
    RAISE EXCEPTION 'the money of a card top-up is not where its state says' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER money_follows_state AFTER INSERT OR UPDATE ON card_top_ups
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION money_follows_state();

CREATE FUNCTION state_follows_money() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT card_money_is_where_it_must_be(NEW.reference_id) THEN
    RAISE EXCEPTION 'the state of a card top-up does not allow this' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM card_top_ups WHERE top_up_id = NEW.reference_id) AND EXISTS (
    SELECT FROM accounts
    WHERE account_id IN (NEW.debit_account_id, NEW.credit_account_id) AND system_name = 'card_clearing'
  ) THEN
    RAISE EXCEPTION 'only card top-ups move what is in card_clearing' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- Payments do not even call it.
CREATE CONSTRAINT TRIGGER state_follows_money AFTER INSERT ON transfers
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.payment_id IS NULL) EXECUTE FUNCTION state_follows_money();

GRANT SELECT, INSERT ON card_top_ups, processor_events TO {{runtime_role}};
GRANT UPDATE (state, version, attempts, next_attempt_at, charge_id, refund_id, reason, changed_at) ON card_top_ups
  TO {{runtime_role}};
GRANT UPDATE (status) ON top_ups TO {{runtime_role}};
