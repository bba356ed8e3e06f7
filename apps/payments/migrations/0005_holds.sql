-- Holds: payments that are authorized now and captured, voided or expired later. What a hold sets aside is changed by
-- triggers only, with the state of its payment. So no account ever holds more or less than its open holds together.

ALTER TABLE payments
  ADD COLUMN status text NOT NULL DEFAULT 'completed'
    CHECK (status IN ('authorized', 'completed', 'voided', 'expired')),
  -- Of a hold: how much of it was taken. Of any other payment nothing: all of it moved at once.
  ADD COLUMN captured bigint CONSTRAINT captured_within_amount CHECK (captured BETWEEN 1 AND amount),
  -- Of a hold.
  ADD COLUMN expires_at timestamptz,
  ADD CONSTRAINT states_of_a_hold CHECK (
    (status = 'completed' AND (captured IS NULL) = (expires_at IS NULL))
    OR (status <> 'completed' AND captured IS NULL AND expires_at IS NOT NULL)
  ),
  ADD CONSTRAINT refunded_within_captured CHECK (
    refunded = 0 OR (status = 'completed' AND refunded <= coalesce(captured, amount))
  );
CREATE INDEX payments_open_holds ON payments (expires_at) WHERE status = 'authorized';

-- What is captured is a transfer of its own kind. NOT VALID: the rows there are satisfy the narrower rule of before.
ALTER TABLE transfers DROP CONSTRAINT transfers_kind_check;
ALTER TABLE transfers ADD CONSTRAINT transfers_kind_check
  CHECK (kind IN ('top_up', 'payment', 'refund', 'capture')) NOT VALID;

CREATE FUNCTION place_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.status <> 'authorized' THEN
    RAISE EXCEPTION 'a hold begins as authorized, not %', NEW.status USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE accounts SET held = held + NEW.amount WHERE user_id = NEW.payer_user_id AND currency = NEW.currency;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a hold without an account' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
-- Payments that move at once do not even call it.
CREATE TRIGGER place_hold AFTER INSERT ON payments
  FOR EACH ROW WHEN (NEW.expires_at IS NOT NULL) EXECUTE FUNCTION place_hold();

CREATE FUNCTION release_hold() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.status <> 'authorized' OR NEW.status = 'authorized' THEN
    RAISE EXCEPTION 'from % to % there is no way', OLD.status, NEW.status
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'expired' AND NEW.expires_at > clock_timestamp() THEN
    RAISE EXCEPTION 'the hold has not expired' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  UPDATE accounts SET held = held - OLD.amount WHERE user_id = OLD.payer_user_id AND currency = OLD.currency;
  RETURN NULL;
END $$;
CREATE TRIGGER release_hold AFTER UPDATE OF status, captured ON payments
  FOR EACH ROW WHEN ((OLD.status, OLD.captured) IS DISTINCT FROM (NEW.status, NEW.captured))
  EXECUTE FUNCTION release_hold();

-- At the end of the transaction: what was captured has moved, from who had authorized it to whom it was authorized for.
CREATE FUNCTION captured_has_moved() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM transfers
    JOIN accounts AS debit ON debit.account_id = debit_account_id
    JOIN accounts AS credit ON credit.account_id = credit_account_id
    WHERE reference_id = NEW.payment_id AND kind = 'capture' AND amount = NEW.captured
      AND transfers.currency = NEW.currency
      AND debit.user_id = NEW.payer_user_id AND credit.user_id = NEW.payee_user_id
  ) THEN
    RAISE EXCEPTION 'captured without a transfer' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER captured_has_moved AFTER UPDATE ON payments
  DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.captured IS NULL AND NEW.captured IS NOT NULL) EXECUTE FUNCTION captured_has_moved();

GRANT UPDATE (status, captured) ON payments TO {{runtime_role}};
