ALTER TABLE assignments ADD COLUMN corrections jsonb NOT NULL DEFAULT '{}'
  CONSTRAINT assignments_corrections_are_named CHECK (jsonb_typeof(corrections) = 'object');
COMMENT ON COLUMN assignments.corrections IS
  'Milestone -> instant, where a person corrected it; the milestone itself is never rewritten.';
-- First replies are given again in the form that assignments have now.
UPDATE dispatch_orders SET reply = jsonb_set(reply, '{assignments}', (
  SELECT coalesce(jsonb_agg(one || '{"corrections": {}}' ORDER BY at), '[]')
  FROM jsonb_array_elements(reply -> 'assignments') WITH ORDINALITY AS all_of(one, at)));

-- The list of assignments, newest first, by each of its filters. Live ones are few and have an index of their
-- own already; of the ended ones nearly all are CLEARED, so only the others are worth one by status.
CREATE INDEX assignments_assigned_at_idx ON assignments (assigned_at DESC, id DESC);
CREATE INDEX assignments_not_served_idx ON assignments (status, assigned_at DESC, id DESC)
  WHERE status IN ('CANCELLED', 'DIVERTED');
CREATE INDEX assignments_unit_idx ON assignments (unit_id, assigned_at DESC, id DESC);
CREATE INDEX assignments_paramedic_idx ON assignments (paramedic_id, assigned_at DESC, id DESC)
  WHERE paramedic_id IS NOT NULL;
CREATE INDEX assignments_hospital_idx ON assignments (hospital_id, assigned_at DESC, id DESC)
  WHERE hospital_id IS NOT NULL;
CREATE INDEX assignments_dispatcher_idx ON assignments (dispatcher_id, assigned_at DESC, id DESC)
  WHERE dispatcher_id IS NOT NULL;
