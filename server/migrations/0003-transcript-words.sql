-- PostgreSQL's parser looks for URLs, addresses, tags and hyphenated words, and takes more than a second for
-- 20,000
-- characters such as "a-a.a-a.": marks that could begin one become blanks, and what is left are plain words.
CREATE FUNCTION call_words(message text) RETURNS tsvector IMMUTABLE PARALLEL SAFE STRICT LANGUAGE sql
  RETURN to_tsvector('simple', translate(message, '-.<>/@&:_!?=#%~+;', '                 '));
COMMENT ON FUNCTION call_words IS
  'The words of an utterance, for the search; linear in the length of any text.';

-- New words gather in the index's pending list, which costs a write almost nothing, and the server merges
-- that list every other second (calls/store-upkeep.ts). The limit is far above what gathers in between: at
-- the usual 4 MB a merge would fall to some unlucky commit.
CREATE INDEX call_interactions_words_idx ON call_interactions USING gin (call_words(message))
  WITH (fastupdate = on, gin_pending_list_limit = 65536);
