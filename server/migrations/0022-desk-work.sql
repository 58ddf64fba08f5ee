ALTER TABLE calls ADD COLUMN handoff jsonb;
COMMENT ON COLUMN calls.handoff IS
  'Who at a desk took the call over from the AI, and when, as the API shows it; null while nobody did.';

CREATE TABLE call_findings (
  call_id bigint NOT NULL REFERENCES calls (id),
  field text NOT NULL,
  value text NOT NULL,
  confidence float8 CHECK (confidence BETWEEN 0 AND 1),
  quote text NOT NULL,
  sequence bigint,
  told_at timestamptz NOT NULL,
  told_by text NOT NULL,
  confirmed_at timestamptz,
  confirmed_by text,
  PRIMARY KEY (call_id, field),
  CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL))
);
COMMENT ON TABLE call_findings IS
  'What was understood from the words of a call, one row for each field; erased with the words.';
COMMENT ON COLUMN call_findings.call_id IS 'The call.';
COMMENT ON COLUMN call_findings.field IS 'What it is about, such as access or breathing.';
COMMENT ON COLUMN call_findings.value IS 'What was understood.';
COMMENT ON COLUMN call_findings.confidence IS 'How sure who told it is, from 0 to 1; null when not said.';
COMMENT ON COLUMN call_findings.quote IS 'The words it was taken from; empty when not said.';
COMMENT ON COLUMN call_findings.sequence IS 'Sequence of the utterance with these words; null when not said.';
COMMENT ON COLUMN call_findings.told_at IS 'When the value was told.';
COMMENT ON COLUMN call_findings.told_by IS 'Name of the key or the person that told it.';
COMMENT ON COLUMN call_findings.confirmed_at IS
  'When a person said that it is so; from then on only people change it. Null while nobody did.';
COMMENT ON COLUMN call_findings.confirmed_by IS 'Username of that person.';

CREATE TABLE incident_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident_id bigint NOT NULL REFERENCES incidents (id),
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
  written_at timestamptz NOT NULL,
  written_by text NOT NULL
);
COMMENT ON TABLE incident_notes IS 'What people at desks wrote down about an incident, line by line.';
COMMENT ON COLUMN incident_notes.id IS 'Number of the note.';
COMMENT ON COLUMN incident_notes.incident_id IS 'The incident.';
COMMENT ON COLUMN incident_notes.text IS 'The note. It is not on the timeline, which is for ever.';
COMMENT ON COLUMN incident_notes.written_at IS 'When it was written.';
COMMENT ON COLUMN incident_notes.written_by IS 'Username of who wrote it.';
CREATE INDEX incident_notes_incident_id_idx ON incident_notes (incident_id, id);

CREATE TABLE crew_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  unit_id bigint NOT NULL REFERENCES units (id),
  incident_id bigint REFERENCES incidents (id),
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 1000),
  sent_at timestamptz NOT NULL,
  sent_by text NOT NULL,
  read_at timestamptz,
  read_by text,
  CHECK ((read_at IS NULL) = (read_by IS NULL))
);
COMMENT ON TABLE crew_messages IS 'What a desk wrote to the crew of a unit.';
COMMENT ON COLUMN crew_messages.id IS 'Number of the message.';
COMMENT ON COLUMN crew_messages.unit_id IS 'The unit whose crew it is for.';
COMMENT ON COLUMN crew_messages.incident_id IS 'The incident the unit was on then; null while it was free.';
COMMENT ON COLUMN crew_messages.text IS 'The message. It is not on the timeline, which is for ever.';
COMMENT ON COLUMN crew_messages.sent_at IS 'When it was sent.';
COMMENT ON COLUMN crew_messages.sent_by IS 'Username of who sent it.';
COMMENT ON COLUMN crew_messages.read_at IS 'When somebody of the crew said that it was read; null before.';
COMMENT ON COLUMN crew_messages.read_by IS 'Username of who read it.';
CREATE INDEX crew_messages_unit_id_idx ON crew_messages (unit_id, id);

ALTER TABLE units ADD COLUMN moved_to_station_id bigint REFERENCES stations (id);
COMMENT ON COLUMN units.moved_to_station_id IS
  'The station it covers for now instead of its own (a move up); null while it is at its own.';
