CREATE TABLE audit_checks (
  person_id bigint PRIMARY KEY REFERENCES people (id),
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,
  next_seq bigint,
  facts bigint NOT NULL,
  blocks bigint NOT NULL,
  heads bigint NOT NULL,
  bad_seq bigint
);
COMMENT ON TABLE audit_checks IS
  'The newest check of the audit chain of each person, which is made in parts; its end is a fact.';
COMMENT ON COLUMN audit_checks.person_id IS 'Who checks.';
COMMENT ON COLUMN audit_checks.begun_at IS 'When the first part began.';
COMMENT ON COLUMN audit_checks.ended_at IS 'When it came to the end of the chain or to a fault; null before.';
COMMENT ON COLUMN audit_checks.next_seq IS 'The block that the next part begins with; null at the end.';
COMMENT ON COLUMN audit_checks.facts IS 'Facts checked so far.';
COMMENT ON COLUMN audit_checks.blocks IS 'Blocks checked so far.';
COMMENT ON COLUMN audit_checks.heads IS 'Kept heads compared so far.';
COMMENT ON COLUMN audit_checks.bad_seq IS 'The block of the fault that was found; null for none.';
