CREATE TABLE kept_exports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES people (id),
  role text NOT NULL,
  what text NOT NULL,
  format text NOT NULL,
  file_name text NOT NULL CHECK (char_length(file_name) <= 250),
  state text NOT NULL CHECK (state IN ('RUNNING', 'READY', 'FAILED')),
  fault text CHECK (fault IN ('broken_off', 'too_large', 'too_long', 'shut_out', 'server_stopped')),
  rows_expected bigint NOT NULL,
  rows_sent bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  packed_bytes bigint NOT NULL DEFAULT 0,
  parts int NOT NULL DEFAULT 0,
  requested_at timestamptz NOT NULL,
  beat_at timestamptz NOT NULL,
  ended_at timestamptz,
  expires_at timestamptz,
  CHECK ((state = 'RUNNING') = (ended_at IS NULL)),
  CHECK ((ended_at IS NULL) = (expires_at IS NULL)),
  CHECK ((state = 'FAILED') = (fault IS NOT NULL))
);
CREATE INDEX kept_exports_person_idx ON kept_exports (person_id, id);
COMMENT ON TABLE kept_exports IS
  'Exports that are made while nobody waits, until they expire. What was searched for is not told.';
COMMENT ON COLUMN kept_exports.id IS 'Row number.';
COMMENT ON COLUMN kept_exports.person_id IS 'Who asked for it, and alone may fetch it.';
COMMENT ON COLUMN kept_exports.role IS 'Their role when they asked; in another one they may not fetch it.';
COMMENT ON COLUMN kept_exports.what IS 'The list.';
COMMENT ON COLUMN kept_exports.format IS 'Format of the file.';
COMMENT ON COLUMN kept_exports.file_name IS 'Name of the file, which tells the filters.';
COMMENT ON COLUMN kept_exports.state IS 'Being made, ready, or without a file.';
COMMENT ON COLUMN kept_exports.fault IS 'Why there is no file; null otherwise.';
COMMENT ON COLUMN kept_exports.rows_expected IS
  'Rows that the list had when it began: exact to 10,000, an estimate above.';
COMMENT ON COLUMN kept_exports.rows_sent IS 'Rows that were written.';
COMMENT ON COLUMN kept_exports.bytes IS 'Bytes of the file.';
COMMENT ON COLUMN kept_exports.packed_bytes IS 'Bytes that are kept, packed with gzip.';
COMMENT ON COLUMN kept_exports.parts IS 'Parts that are kept.';
COMMENT ON COLUMN kept_exports.requested_at IS 'When it was asked for.';
COMMENT ON COLUMN kept_exports.beat_at IS
  'When the process that makes it last said so; one that is silent has stopped.';
COMMENT ON COLUMN kept_exports.ended_at IS 'When it was ready or failed; null while it is being made.';
COMMENT ON COLUMN kept_exports.expires_at IS 'When it is deleted with its file; null while it is being made.';

CREATE TABLE kept_export_parts (
  export_id bigint NOT NULL REFERENCES kept_exports (id) ON DELETE CASCADE,
  part int NOT NULL,
  packed bytea NOT NULL,
  PRIMARY KEY (export_id, part)
);
-- It is packed already.
ALTER TABLE kept_export_parts ALTER COLUMN packed SET STORAGE EXTERNAL;
COMMENT ON TABLE kept_export_parts IS 'Files of kept exports, where every server process finds them.';
COMMENT ON COLUMN kept_export_parts.export_id IS 'The export.';
COMMENT ON COLUMN kept_export_parts.part IS 'Place in the file, from 0.';
COMMENT ON COLUMN kept_export_parts.packed IS 'A part of the file as packed with gzip, about 1 MB.';
