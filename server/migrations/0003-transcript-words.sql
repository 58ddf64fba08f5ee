-- New words gather in the index's pending list, which costs a write almost nothing, and the server merges
-- that list every other second (calls/store-upkeep.ts). The limit is far above what gathers in between: at
-- the usual 4 MB a merge would fall to some unlucky commit.
CREATE INDEX call_interactions_words_idx ON call_interactions USING gin (to_tsvector('simple', message))
  WITH (fastupdate = on, gin_pending_list_limit = 65536);
