ALTER TABLE incidents
  ADD COLUMN reopened_at timestamptz,
  ADD COLUMN awaiting_close_since timestamptz,
  ADD CONSTRAINT incidents_only_open_await_their_end
    CHECK (awaiting_close_since IS NULL OR closed_at IS NULL);
COMMENT ON COLUMN incidents.reopened_at IS
  'When it was last opened again after its end; null when it never was.';
COMMENT ON COLUMN incidents.awaiting_close_since IS
  'When its last unit was free again, so that it waits only for its disposition; null while it does not.';

-- What stood open before these columns were there is stamped by the rule of incidents/rules.ts. When an
-- incident was opened again is in the facts.
UPDATE incidents i SET reopened_at = f.at
  FROM (SELECT incident_id, max(at) AS at FROM facts WHERE type = 'incident_reopened' GROUP BY incident_id) f
  WHERE f.incident_id = i.id;
UPDATE incidents i SET awaiting_close_since = a.ended_at
  FROM (
    SELECT incident_id, max(coalesce(cleared_at, cancelled_at, diverted_at)) AS ended_at,
      max(cleared_at) FILTER (WHERE coalesce(on_scene_at, at_patient_at, transporting_at, at_hospital_at)
        IS NOT NULL) AS served_at,
      max(diverted_at) AS diverted_at
    FROM assignments GROUP BY incident_id
    HAVING bool_and(status IN ('CLEARED', 'CANCELLED', 'DIVERTED'))
  ) a
  WHERE a.incident_id = i.id AND i.closed_at IS NULL
    AND a.served_at > greatest(a.diverted_at, i.reopened_at, '-infinity');

-- First replies are given again in the form that incidents have now.
UPDATE dispatch_orders SET reply = jsonb_set(reply, '{incident}',
  '{"reopened_at": null, "awaiting_close_since": null}' || (reply -> 'incident'));

-- The filters of the list, each in its order. Most of an incident's changes touch none of these columns.
CREATE INDEX incidents_open_received_at_idx ON incidents (received_at, id) WHERE closed_at IS NULL;
CREATE INDEX incidents_priority_idx ON incidents (priority, received_at, id);
CREATE INDEX incidents_emergency_type_idx ON incidents (emergency_type, received_at, id);
CREATE INDEX incidents_awaiting_close_idx ON incidents (received_at, id)
  WHERE awaiting_close_since IS NOT NULL;

CREATE TABLE settings (
  name text PRIMARY KEY CHECK (name IN ('response_plans', 'auto_incident', 'incident_number_template')),
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  updated_by bigint REFERENCES people (id)
);
COMMENT ON TABLE settings IS 'What an admin has set; a setting without a row has its default.';
COMMENT ON COLUMN settings.name IS 'Name of the setting, as the API names it.';
COMMENT ON COLUMN settings.value IS 'Its value, as the API shows it.';
COMMENT ON COLUMN settings.updated_at IS 'When it was last set.';
COMMENT ON COLUMN settings.updated_by IS 'Who set it last.';
