-- The refunds that the card processor has ($1, listed from the moment $2 on, those since $3) are those that the ledger says, whole and once.
WITH theirs AS (
  SELECT *, count(*) OVER (PARTITION BY "chargeId") AS count
  FROM json_to_recordset($1::json) AS refund ("refundId" text, "chargeId" text, amount bigint, currency text)
), ours AS (
  SELECT charge_id AS "chargeId", top_up_id, amount, currency, state, refund_id, changed_at, created_at
  FROM card_top_ups JOIN top_ups USING (top_up_id) WHERE charge_id IS NOT NULL
)
SELECT * FROM (
  SELECT top_up_id, "chargeId" AS charge, "refundId" AS their_refund, refund_id AS our_refund,
    theirs.amount AS their_amount, ours.amount AS our_amount, state AS our_state,
    CASE
      WHEN top_up_id IS NULL THEN 'of no charge of ours'
      WHEN "refundId" IS NULL THEN CASE WHEN refund_id IS NOT NULL THEN 'given back for us only' END
      WHEN count > 1 THEN 'given back twice'
      WHEN (theirs.amount, theirs.currency) <> (ours.amount, ours.currency) THEN 'of another amount'
      WHEN state = 'completed' THEN 'given back, and credited'
      WHEN refund_id <> "refundId" THEN 'another refund than ours'
    END AS problem
  FROM theirs FULL JOIN ours USING ("chargeId")
  WHERE "refundId" IS NOT NULL OR (changed_at < $2::timestamptz AND created_at >= $3::timestamptz)
) AS compared WHERE problem IS NOT NULL;
