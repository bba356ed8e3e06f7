-- Sessions that ended while access tokens of theirs may still be out. Every replica of the gateway follows `number`.
CREATE TABLE revocations (
  -- Given under an advisory lock (src/store/revocations.ts), so that numbers become visible in their order.
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id uuid NOT NULL UNIQUE,
  ended_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, DELETE ON revocations TO {{runtime_role}};
