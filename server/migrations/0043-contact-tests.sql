CREATE TABLE contact_tests (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz NOT NULL,
  started_by bigint REFERENCES people (id),
  fact_id bigint
);
COMMENT ON TABLE contact_tests IS 'Tests of how people are reached; what became of each is in its messages.';
COMMENT ON COLUMN contact_tests.id IS 'Row number.';
COMMENT ON COLUMN contact_tests.started_at IS 'When it began.';
COMMENT ON COLUMN contact_tests.started_by IS 'Who began it; null when it began by itself.';
COMMENT ON COLUMN contact_tests.fact_id IS 'The fact its messages tell of; null until they are made.';
