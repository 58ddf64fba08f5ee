ALTER TABLE facts ADD COLUMN request_id text,
  ADD CONSTRAINT facts_id_is_a_number_we_can_say CHECK (id BETWEEN 1 AND 9007199254740991);
COMMENT ON COLUMN facts.request_id IS
  'The x-request-id of the request that did it; null when the server did it by itself.';

-- Facts are written with every word a caller says, so the history has only indexes that cost intake next to
-- nothing: what an AI dispatcher writes enters none of the partial ones, and the one on the time is a summary
-- of each megabyte. request_id has none: its values are random, and each would touch another page.
CREATE INDEX facts_at_idx ON facts USING brin (at) WITH (autosummarize = on);
CREATE INDEX facts_person_idx ON facts (actor_name, id) WHERE actor_kind = 'person';
CREATE INDEX facts_unit_id_idx ON facts (unit_id, id) WHERE unit_id IS NOT NULL;
-- Types that come with every call or assignment are soon found by reading from the newest on.
CREATE INDEX facts_rare_type_idx ON facts (type, id) WHERE type NOT IN ('call_opened', 'interaction_added',
  'interaction_revised', 'call_updated', 'call_completed', 'incident_raised', 'call_linked',
  'unit_assigned', 'assignment_acknowledged', 'unit_en_route', 'unit_on_scene', 'unit_at_patient',
  'unit_transporting', 'unit_at_hospital', 'unit_handed_over', 'unit_cleared');

CREATE TABLE audit_seals (
  seq bigint PRIMARY KEY CHECK (seq > 0),
  first_fact_id bigint NOT NULL,
  last_fact_id bigint NOT NULL,
  fact_count bigint NOT NULL CHECK (fact_count > 0),
  fact_ids int8multirange NOT NULL,
  row_hashes bytea NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL
);
-- Hashes are random bytes, which no compression makes smaller.
ALTER TABLE audit_seals ALTER COLUMN row_hashes SET STORAGE EXTERNAL;
COMMENT ON TABLE audit_seals IS
  'The audit chain: blocks of facts, each sealed by a hash over its facts and over the block before it.';
COMMENT ON COLUMN audit_seals.seq IS 'Number of the block, from 1 without a gap.';
COMMENT ON COLUMN audit_seals.first_fact_id IS 'Its first fact.';
COMMENT ON COLUMN audit_seals.last_fact_id IS
  'Its last fact; the block covers every fact after the last of the block before it.';
COMMENT ON COLUMN audit_seals.fact_count IS 'How many facts it has.';
COMMENT ON COLUMN audit_seals.fact_ids IS 'Ids of its facts; numbers of undone transactions are missing.';
COMMENT ON COLUMN audit_seals.row_hashes IS
  'The first 16 bytes of each fact''s SHA-256, in the order of the ids: they tell which fact was changed.';
COMMENT ON COLUMN audit_seals.previous_hash IS 'Hash of the block before it; 32 zero bytes in the first.';
COMMENT ON COLUMN audit_seals.hash IS
  'SHA-256 over seq, previous_hash, sealed_at, fact_ids and the full hashes of its facts.';
COMMENT ON COLUMN audit_seals.sealed_at IS 'When it was sealed, by the server''s clock.';
