-- What is older than the retention of the history leaves it as whole blocks from the beginning on. Where a
-- chain begins then is kept here, and on the timeline, which is sealed.
CREATE TABLE audit_cuts (
  seq bigint PRIMARY KEY CHECK (seq > 0),
  last_fact_id bigint NOT NULL,
  hash bytea NOT NULL,
  fact_count bigint NOT NULL CHECK (fact_count > 0),
  cut_at timestamptz NOT NULL
);
COMMENT ON TABLE audit_cuts IS 'Where the audit chain was cut: what came before was taken away by retention.';
COMMENT ON COLUMN audit_cuts.seq IS
  'The last block that was taken away; the chain goes on behind the highest.';
COMMENT ON COLUMN audit_cuts.last_fact_id IS 'Its last fact.';
COMMENT ON COLUMN audit_cuts.hash IS 'Its hash, which the block behind it continues.';
COMMENT ON COLUMN audit_cuts.fact_count IS 'Facts that were taken away by this cut.';
COMMENT ON COLUMN audit_cuts.cut_at IS 'When, by the clock of the database.';

-- Calls that are kept by law are few, and looked for at each cut.
CREATE INDEX calls_held_idx ON calls (id) WHERE legal_hold IS NOT NULL;

-- Facts and blocks leave in one way only: behind a recorded cut, and not within 90 days, whoever asks.
DROP TRIGGER facts_insert_only ON facts;
DROP TRIGGER audit_seals_insert_only ON audit_seals;
CREATE TRIGGER facts_insert_only BEFORE UPDATE OR TRUNCATE ON facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seals_insert_only BEFORE UPDATE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_cuts_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_cuts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_loss() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  oldest_kept timestamptz := clock_timestamp() - interval '90 days';
  -- Where nothing was ever cut, nothing may leave.
  is_lost boolean := NOT EXISTS (SELECT FROM audit_cuts);
BEGIN
  IF is_lost THEN
    NULL;
  ELSIF TG_TABLE_NAME = 'facts' THEN
    SELECT true INTO is_lost FROM gone WHERE at >= oldest_kept
      OR id > coalesce((SELECT max(last_fact_id) FROM audit_cuts), 0) LIMIT 1;
  ELSE
    SELECT true INTO is_lost FROM gone WHERE sealed_at >= oldest_kept
      OR seq > coalesce((SELECT max(seq) FROM audit_cuts), 0) LIMIT 1;
  END IF;
  IF is_lost THEN
    RAISE EXCEPTION 'DELETE of % is refused: only what is behind a cut and older than 90 days leaves',
      TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION refuse_loss IS
  'Refuses DELETE of facts and blocks that are not behind a cut of the chain, or younger than 90 days.';
CREATE TRIGGER facts_leave_behind_a_cut AFTER DELETE ON facts REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss();
CREATE TRIGGER audit_seals_leave_behind_a_cut AFTER DELETE ON audit_seals REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss();

-- The server may not delete facts; it may ask for this. Whoever asks chooses how much of what is old leaves,
-- and nothing else: no fact in the middle, none that is young, none without its record. The number of the
-- lock is that of sealing (audit/store.ts).
CREATE FUNCTION cut_audit(to_seq bigint, before timestamptz) RETURNS SETOF audit_cuts
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  oldest_kept timestamptz := least(before, clock_timestamp() - interval '90 days');
  newest bigint;
  block audit_seals;
  last audit_seals;
  facts_gone bigint := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(1953456501) THEN RETURN; END IF;
  SELECT max(seq) INTO newest FROM audit_seals;
  FOR block IN SELECT * FROM audit_seals WHERE seq <= to_seq AND seq < newest ORDER BY seq LOOP
    EXIT WHEN block.sealed_at >= oldest_kept;
    EXIT WHEN EXISTS (SELECT FROM facts WHERE id BETWEEN block.first_fact_id AND block.last_fact_id
      AND (at >= oldest_kept
        OR call_id IN (SELECT id FROM calls WHERE legal_hold IS NOT NULL)));
    last := block;
    facts_gone := facts_gone + block.fact_count;
  END LOOP;
  IF last.seq IS NULL THEN RETURN; END IF;
  RETURN QUERY INSERT INTO audit_cuts (seq, last_fact_id, hash, fact_count, cut_at)
    VALUES (last.seq, last.last_fact_id, last.hash, facts_gone, clock_timestamp()) RETURNING *;
  DELETE FROM facts WHERE id <= last.last_fact_id;
  DELETE FROM audit_seals WHERE seq <= last.seq;
END
$$;
COMMENT ON FUNCTION cut_audit IS
  'Takes whole blocks away from the beginning of the chain, up to a block and older than an instant and 90 '
  'days; stops before one that tells of a call under a legal hold. Gives the recorded cut, or nothing.';
REVOKE EXECUTE ON FUNCTION cut_audit FROM PUBLIC;
