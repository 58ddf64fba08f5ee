CREATE TABLE handover_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 4000),
  desk text NOT NULL,
  written_at timestamptz NOT NULL,
  author_id bigint REFERENCES people (id),
  written_by text NOT NULL
);
COMMENT ON TABLE handover_notes IS 'What one shift leaves for the next.';
COMMENT ON COLUMN handover_notes.id IS 'Number of the note.';
COMMENT ON COLUMN handover_notes.text IS 'The note, in plain text.';
COMMENT ON COLUMN handover_notes.desk IS
  'The desk it was written at, in the centre''s own words; empty when not said.';
COMMENT ON COLUMN handover_notes.written_at IS 'When it was written.';
COMMENT ON COLUMN handover_notes.author_id IS 'Who wrote it; null for a program.';
COMMENT ON COLUMN handover_notes.written_by IS 'The author''s username as it was then.';

CREATE INDEX handover_notes_by_time ON handover_notes (written_at, id);

ALTER TABLE hospitals ADD COLUMN diversion_reason text NOT NULL DEFAULT '';
COMMENT ON COLUMN hospitals.diversion_reason IS 'Why its diversion is what it is; empty when not said.';
