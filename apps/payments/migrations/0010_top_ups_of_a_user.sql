-- Whoever closes accounts asks for a user's top-ups. In a file of its own: top-ups wait while it is made, and nothing else.
CREATE INDEX top_ups_user ON top_ups (user_id);
