-- What has happened stays as it was written. The role the server works as is not even allowed to try; this
-- stops its owner too, who must first say so by switching the trigger off.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: rows are only added', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION refuse_change IS 'Refuses UPDATE, DELETE and TRUNCATE of a table that is only added to.';
CREATE TRIGGER facts_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_seals_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Only the owner of an index may merge its pending list, and the server does not work as the owner.
CREATE FUNCTION merge_new_words() RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog, public
  AS $$ SELECT gin_clean_pending_list('call_interactions_words_idx') $$;
COMMENT ON FUNCTION merge_new_words IS 'Merges newly said words into the search index.';
