-- What people at a desk note about a call afterwards, and what a list of a million calls is found by.
ALTER TABLE calls
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 20),
  ADD COLUMN review text CHECK (review IN ('NEEDED', 'DONE')),
  ADD COLUMN reviewer_id bigint REFERENCES people (id),
  ADD COLUMN over_target boolean;
COMMENT ON COLUMN calls.tags IS 'Words that people at a desk gave the call, in the order of the alphabet.';
COMMENT ON COLUMN calls.review IS 'Whether somebody must look at the call again, or has; null for neither.';
COMMENT ON COLUMN calls.reviewer_id IS 'Who is asked to look at the call again, or has; null for nobody.';
COMMENT ON COLUMN calls.over_target IS
  'Whether its incident waited longer than the targets say; null while that is not judged.';

-- The columns a list is filtered by stand in the index too, so that a page and a count read no row that they
-- do not show.
DROP INDEX calls_created_at_idx;
CREATE INDEX calls_created_at_idx ON calls (created_at DESC, id DESC)
  INCLUDE (status, emergency_type, priority_level, answered_by, lost_contact, review, over_target);
CREATE INDEX calls_review_idx ON calls (created_at DESC, id DESC) WHERE review = 'NEEDED';
CREATE INDEX calls_over_target_idx ON calls (created_at DESC, id DESC) WHERE over_target;
CREATE INDEX calls_lost_contact_idx ON calls (created_at DESC, id DESC) WHERE lost_contact;
CREATE INDEX calls_tags_idx ON calls USING gin (tags) WHERE tags <> '{}';

-- The keys of the other orderings, as calls/search.ts writes them.
CREATE INDEX calls_by_priority_idx ON calls ((coalesce(array_position(
  ARRAY['LOW','STANDARD','MEDIUM','HIGH','CRITICAL'], priority_level), 0)), id);
CREATE INDEX calls_by_end_idx ON calls ((coalesce(completed_at, 'infinity')), id);
CREATE INDEX calls_by_end_last_idx ON calls ((coalesce(completed_at, '-infinity')), id);

-- Marks that could begin a URL, an address or a tag become blanks: PostgreSQL's parser is slow with those.
CREATE FUNCTION place_words(location text, incident_number text) RETURNS tsvector
  IMMUTABLE PARALLEL SAFE LANGUAGE sql
  RETURN to_tsvector('simple', translate(location || ' ' || coalesce(incident_number, ''),
    '-.<>/@&:_!?=#%~+;''', '                  '));
COMMENT ON FUNCTION place_words IS 'The words of where a call is about, and of the number its client gave.';
-- New words gather and are merged every other second, as those of utterances are.
CREATE INDEX calls_place_words_idx ON calls USING gin (place_words(location, incident_number))
  WITH (fastupdate = on, gin_pending_list_limit = 65536);
CREATE OR REPLACE FUNCTION merge_new_words() RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public
  AS $$ SELECT gin_clean_pending_list('call_interactions_words_idx'),
    gin_clean_pending_list('calls_place_words_idx') $$;
