-- Whoever closes accounts asks whether money is set aside for their owner. In a file of its own, like the one before.
CREATE INDEX payments_open_holds_payee ON payments (payee_user_id) WHERE status = 'authorized';
