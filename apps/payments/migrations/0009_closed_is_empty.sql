-- In a file, and so in a transaction, of its own: reads every account, while money goes on moving.
ALTER TABLE accounts VALIDATE CONSTRAINT closed_is_empty;
