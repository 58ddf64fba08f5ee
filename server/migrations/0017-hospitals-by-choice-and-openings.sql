ALTER TABLE hospitals ADD COLUMN diversion_since timestamptz;
COMMENT ON COLUMN hospitals.diversion_since IS
  'When its diversion became what it is; null while it never changed.';

ALTER TABLE assignments ADD COLUMN hospital_named_at timestamptz;
COMMENT ON COLUMN assignments.hospital_named_at IS
  'When its hospital was named after it was assigned; null when it was named then, or not yet. '
  'A hospital that closed later is asked about once more when the unit leaves for it.';

CREATE TABLE incident_openings (
  person_id bigint NOT NULL REFERENCES people (id),
  key text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  incident_id bigint NOT NULL REFERENCES incidents (id),
  reply jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, key)
);
CREATE INDEX incident_openings_created_at_idx ON incident_openings (created_at);
COMMENT ON TABLE incident_openings IS
  'First replies to incidents raised by hand, by Idempotency-Key, kept 24 hours, written with their effect.';
COMMENT ON COLUMN incident_openings.person_id IS 'Who raised it: keys of two people never meet.';
COMMENT ON COLUMN incident_openings.key IS 'The client''s key.';
COMMENT ON COLUMN incident_openings.request_hash IS
  'SHA-256 of the parsed body: the same key with another body is refused.';
COMMENT ON COLUMN incident_openings.incident_id IS 'The incident that was raised.';
COMMENT ON COLUMN incident_openings.reply IS 'The reply as it was first given.';
COMMENT ON COLUMN incident_openings.created_at IS 'When the first reply was given.';
