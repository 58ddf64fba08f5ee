-- The words of an utterance are found by intake itself, which costs a tenth of what PostgreSQL's parser
-- takes, and a search has them at hand for its ranking. Those already stored are taken from the parser.
ALTER TABLE call_interactions ADD COLUMN words tsvector NOT NULL DEFAULT '';
COMMENT ON COLUMN call_interactions.words IS 'The words of the message in lower case, for the search.';
UPDATE call_interactions SET words = strip(call_words(message));
DROP INDEX call_interactions_words_idx;
DROP FUNCTION call_words(text);

-- New words gather in the index's pending list, which costs a write almost nothing, and the server merges
-- that list every other second (calls/store-upkeep.ts). The limit is far above what gathers in between: at
-- the usual 4 MB a merge would fall to some unlucky commit.
CREATE INDEX call_interactions_words_idx ON call_interactions USING gin (words)
  WITH (fastupdate = on, gin_pending_list_limit = 65536);
