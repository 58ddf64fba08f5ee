-- The messages of somebody whom few were sent to are found without reading all of them.
CREATE INDEX messages_recipient_idx ON messages (person_id, created_at, id) WHERE person_id IS NOT NULL;
COMMENT ON INDEX messages_recipient_idx IS 'Messages of one person, newest first.';
