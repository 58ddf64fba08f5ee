-- Intake works on calls it knows from a moment ago without reading them again, and has the database refuse
-- the whole group when one of them is not as it was known (insist_calls_are_as_known). That is safe because
-- every change of a row gives it another revision (calls/revisions.ts): whoever changes a call without saying
-- one, a person in psql included, is given a random one here.
ALTER TABLE calls ADD COLUMN revision bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN calls.revision IS
  'Another number after each change: tells whether the row is as it was known, and which process wrote it.';

CREATE FUNCTION give_call_a_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := floor(random() * 9007199254740991)::bigint;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION give_call_a_revision IS 'For changes of a call that say no revision of their own.';
CREATE TRIGGER calls_revision BEFORE UPDATE ON calls FOR EACH ROW
  WHEN (NEW.revision = OLD.revision) EXECUTE FUNCTION give_call_a_revision();

CREATE FUNCTION insist_calls_are_as_known(as_known bigint, expected bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF as_known <> expected THEN
    RAISE EXCEPTION 'a call is not as it was known' USING ERRCODE = 'serialization_failure';
  END IF;
END
$$;
COMMENT ON FUNCTION insist_calls_are_as_known IS
  'Ends a transaction that was decided on calls as they were known, when one was changed meanwhile.';
