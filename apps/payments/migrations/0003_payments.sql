-- What customers asked for, and the answers they got.

CREATE TABLE payments (
  payment_id uuid PRIMARY KEY,
  payer_user_id uuid NOT NULL,
  payer_handle text NOT NULL,
  payee_user_id uuid NOT NULL,
  payee_handle text NOT NULL,
  currency text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  refunded bigint NOT NULL DEFAULT 0 CONSTRAINT refunded_within_amount CHECK (refunded BETWEEN 0 AND amount),
  description text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 90);

CREATE TABLE refunds (
  refund_id uuid PRIMARY KEY,
  payment_id uuid NOT NULL REFERENCES payments,
  currency text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX refunds_payment ON refunds (payment_id);

CREATE TABLE top_ups (
  top_up_id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES accounts,
  currency text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  status text NOT NULL CHECK (status IN ('pending', 'completed', 'failed')),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- One row per decided request that moves money. Its answer is either a refusal, kept here, or the thing that
-- was made, found by its id.
CREATE TABLE idempotency_keys (
  caller uuid NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  result_id uuid NOT NULL,
  refusal jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, operation, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys USING brin (created_at);

GRANT SELECT, INSERT ON payments, refunds, top_ups TO {{runtime_role}};
GRANT UPDATE (refunded) ON payments TO {{runtime_role}};
GRANT SELECT, INSERT, DELETE ON idempotency_keys TO {{runtime_role}};
GRANT UPDATE (refusal) ON idempotency_keys TO {{runtime_role}};
