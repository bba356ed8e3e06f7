-- The token of a card stands for somebody's card: it goes when their accounts are closed. Whatever is charged still needs it,
-- and keeps accounts open.
ALTER TABLE card_top_ups ALTER COLUMN card_token DROP NOT NULL;
ALTER TABLE card_top_ups ADD CONSTRAINT charging_has_a_token CHECK (card_token IS NOT NULL OR state <> 'charging') NOT VALID;
ALTER TABLE card_top_ups VALIDATE CONSTRAINT charging_has_a_token;

GRANT UPDATE (card_token) ON card_top_ups TO {{runtime_role}};

-- Those that were closed before.
UPDATE card_top_ups SET card_token = NULL FROM top_ups JOIN closures USING (user_id)
WHERE card_top_ups.top_up_id = top_ups.top_up_id AND state <> 'charging';
