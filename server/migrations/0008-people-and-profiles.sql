ALTER TABLE people
  ADD COLUMN hospital_id bigint REFERENCES hospitals (id),
  ADD CONSTRAINT people_hospital_fits_role CHECK (hospital_id IS NULL OR role = 'hospital');
COMMENT ON COLUMN people.hospital_id IS
  'The hospital somebody with the role hospital speaks for; null for none and for everybody else.';
-- The last admin is looked for at each change of a person.
CREATE INDEX people_admins_idx ON people (id) WHERE role = 'admin' AND active;

CREATE TABLE dispatchers (
  person_id bigint PRIMARY KEY REFERENCES people (id),
  employee_id text NOT NULL CONSTRAINT dispatchers_employee_id_key UNIQUE,
  full_name text NOT NULL DEFAULT '',
  certifications text[] NOT NULL DEFAULT '{}',
  shift text NOT NULL DEFAULT '',
  experience_years int CHECK (experience_years BETWEEN 0 AND 80),
  emergency_contact text NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL
);
COMMENT ON TABLE dispatchers IS 'Profiles of people with the role dispatcher or supervisor.';
COMMENT ON COLUMN dispatchers.person_id IS 'The person.';
COMMENT ON COLUMN dispatchers.employee_id IS 'Number of the employee, unique.';
COMMENT ON COLUMN dispatchers.full_name IS 'Name as colleagues know it; empty while not known.';
COMMENT ON COLUMN dispatchers.certifications IS 'Certificates held.';
COMMENT ON COLUMN dispatchers.shift IS 'Shift, in the centre''s own words.';
COMMENT ON COLUMN dispatchers.experience_years IS 'Years in the trade; null when not known.';
COMMENT ON COLUMN dispatchers.emergency_contact IS 'Whom to call if something happens to this person.';
COMMENT ON COLUMN dispatchers.updated_at IS 'When a field of this row last changed.';
