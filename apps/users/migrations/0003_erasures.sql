-- Users who wished to be forgotten. Their handles stay taken; nothing else of them does.
CREATE TABLE erasures (
  user_id uuid PRIMARY KEY,
  erased_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON erasures TO {{runtime_role}};
GRANT DELETE ON profiles TO {{runtime_role}};

-- The display name waits with the reservation until the identity is registered, and goes on into the profile. Events do not
-- carry it: from a topic it could not be erased.
ALTER TABLE handles ADD COLUMN display_name text CHECK (char_length(display_name) BETWEEN 1 AND 80);

-- A confirmed handle has no name beside it. A trigger and not a constraint: the release before this one confirms handles
-- without knowing of the name, and must be able to.
CREATE FUNCTION forget_display_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.display_name := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER forget_display_name BEFORE INSERT OR UPDATE ON handles
  FOR EACH ROW WHEN (NEW.confirmed_at IS NOT NULL AND NEW.display_name IS NOT NULL)
  EXECUTE FUNCTION forget_display_name();

-- What others see in the place of a handle that is gone (libs/contracts/src/deleted-user.ts). Nobody can sign up with it.
INSERT INTO handles (handle, user_id, confirmed_at)
VALUES ('deleted_user', '00000000-0000-0000-0000-000000000000', now())
ON CONFLICT (handle) DO UPDATE
  SET user_id = excluded.user_id, reserved_until = NULL, confirmed_at = excluded.confirmed_at
  WHERE handles.confirmed_at IS NULL;
