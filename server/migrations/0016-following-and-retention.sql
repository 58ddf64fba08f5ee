ALTER TABLE incidents
  -- A call and the incident it raises are written together and name each other.
  ADD COLUMN followed_call_id bigint REFERENCES calls (id) DEFERRABLE INITIALLY DEFERRED,
  ADD COLUMN set_by_people text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN incidents.followed_call_id IS
  'The call it was raised from by itself: what is learned in it later is learned of the incident; '
  'null when a person raised it.';
COMMENT ON COLUMN incidents.set_by_people IS
  'Names of columns a person has set; no call changes these any more.';

-- The contract holds the names of settings; a list here too would have to change with each of them.
ALTER TABLE settings DROP CONSTRAINT settings_name_check;
