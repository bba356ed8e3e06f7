-- The charges that the card processor has ($1, listed from the moment $2 on, those since $3) are those that the ledger says, of the same amounts.
WITH theirs AS (
  SELECT *, count(*) OVER (PARTITION BY key) AS count
  FROM json_to_recordset($1::json) AS charge ("chargeId" text, key text, amount bigint, currency text, status text)
), ours AS (
  SELECT top_up_id::text AS key, amount, currency, state, charge_id, changed_at, created_at
  FROM card_top_ups JOIN top_ups USING (top_up_id)
)
SELECT * FROM (
  SELECT key AS top_up_id, "chargeId" AS their_charge, charge_id AS our_charge, theirs.amount AS their_amount,
    ours.amount AS our_amount, status AS their_status, state AS our_state,
    CASE
      WHEN ours.amount IS NULL THEN 'of no top-up of ours'
      WHEN "chargeId" IS NULL THEN CASE WHEN charge_id IS NOT NULL THEN 'charged for us only' END
      WHEN count > 1 THEN 'charged twice'
      WHEN (theirs.amount, theirs.currency) <> (ours.amount, ours.currency) THEN 'of another amount'
      WHEN status = 'declined' THEN CASE WHEN charge_id IS NOT NULL THEN 'declined, and charged for us' END
      WHEN state = 'failed' THEN 'charged, and failed for us'
      WHEN charge_id <> "chargeId" THEN 'another charge than ours'
    END AS problem
  FROM theirs FULL JOIN ours USING (key)
  -- What has happened since is not in their list, and what is older need not be.
  WHERE "chargeId" IS NOT NULL OR (changed_at < $2::timestamptz AND created_at >= $3::timestamptz)
) AS compared WHERE problem IS NOT NULL;
