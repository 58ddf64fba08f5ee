CREATE INDEX incident_notes_written_at_idx ON incident_notes (written_at, id);
COMMENT ON INDEX incident_notes_written_at_idx IS
  'The oldest notes, which the retention of words erases first.';
CREATE INDEX crew_messages_sent_at_idx ON crew_messages (sent_at, id);
COMMENT ON INDEX crew_messages_sent_at_idx IS
  'The oldest messages, which the retention of words erases first.';
