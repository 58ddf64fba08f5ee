ALTER TABLE duress_alarms
  ADD COLUMN acknowledged_at timestamptz,
  ADD COLUMN acknowledged_by bigint REFERENCES people (id),
  ADD CONSTRAINT duress_alarms_seen_by_somebody CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL));
COMMENT ON COLUMN duress_alarms.acknowledged_at IS
  'When a desk said that it had seen the alarm, which still stands; null while none has.';
COMMENT ON COLUMN duress_alarms.acknowledged_by IS 'Who was the first to say so.';
