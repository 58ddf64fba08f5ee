CREATE TABLE closures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  latitude float8 NOT NULL CHECK (latitude BETWEEN -90 AND 90),
  longitude float8 NOT NULL CHECK (longitude BETWEEN -180 AND 180),
  segment_id text NOT NULL CHECK (char_length(segment_id) BETWEEN 1 AND 200),
  street text NOT NULL,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 200),
  until timestamptz,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  lifted_at timestamptz,
  lifted_by text,
  CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
COMMENT ON TABLE closures IS 'Stretches of street that a desk closed to units that pass through.';
COMMENT ON COLUMN closures.id IS 'Number of the closure.';
COMMENT ON COLUMN closures.latitude IS 'Where it is, in degrees (WGS 84).';
COMMENT ON COLUMN closures.longitude IS 'Where it is, in degrees (WGS 84).';
COMMENT ON COLUMN closures.segment_id IS 'The piece of street, as the source of the roads names it.';
COMMENT ON COLUMN closures.street IS 'Name of the street when it was closed; empty when it has none.';
COMMENT ON COLUMN closures.reason IS 'Why, in the words of who closed it.';
COMMENT ON COLUMN closures.until IS 'When it ends by itself; null for when somebody lifts it.';
COMMENT ON COLUMN closures.set_at IS 'When it was closed.';
COMMENT ON COLUMN closures.set_by IS 'Username of who closed it.';
COMMENT ON COLUMN closures.lifted_at IS 'When it was lifted or ended by itself; null while it holds.';
COMMENT ON COLUMN closures.lifted_by IS 'Username of who lifted it, system when it ended by itself.';
CREATE INDEX closures_held_idx ON closures (id) WHERE lifted_at IS NULL;

CREATE TABLE drive_predictions (
  assignment_id bigint PRIMARY KEY REFERENCES assignments (id),
  source text NOT NULL CHECK (source IN ('graph', 'router', 'crow')),
  priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
  seconds float8 NOT NULL CHECK (seconds >= 0),
  metres float8 NOT NULL CHECK (metres >= 0),
  predicted_at timestamptz NOT NULL
);
COMMENT ON TABLE drive_predictions IS
  'How long the drive of an assignment was expected to take, from where the unit was when it was sent.';
COMMENT ON COLUMN drive_predictions.assignment_id IS 'The assignment.';
COMMENT ON COLUMN drive_predictions.source IS
  'What told it: the road graph, a routing server or the straight line.';
COMMENT ON COLUMN drive_predictions.priority IS 'Priority of the incident then.';
COMMENT ON COLUMN drive_predictions.seconds IS
  'Expected drive in seconds, before any fit to drives of the past.';
COMMENT ON COLUMN drive_predictions.metres IS 'Its length in metres.';
COMMENT ON COLUMN drive_predictions.predicted_at IS
  'When it was worked out, about a second after the unit was sent.';
CREATE INDEX drive_predictions_fit_idx ON drive_predictions (source, priority, assignment_id);

CREATE TABLE drive_fits (
  source text NOT NULL CHECK (source IN ('graph', 'router', 'crow')),
  priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 4),
  intercept_s float8 NOT NULL,
  slope float8 NOT NULL,
  n int NOT NULL,
  kept int NOT NULL,
  error_s_p50 float8 NOT NULL,
  error_s_p90 float8 NOT NULL,
  error_before_s_p50 float8 NOT NULL,
  fitted_at timestamptz NOT NULL,
  PRIMARY KEY (source, priority)
);
COMMENT ON TABLE drive_fits IS 'Line fitted to drives of the past: actual = intercept + slope x expected.';
COMMENT ON COLUMN drive_fits.source IS 'What told the expected drives.';
COMMENT ON COLUMN drive_fits.priority IS 'Priority of the incidents.';
COMMENT ON COLUMN drive_fits.intercept_s IS 'Seconds that every drive takes more.';
COMMENT ON COLUMN drive_fits.slope IS 'What expected seconds are multiplied by.';
COMMENT ON COLUMN drive_fits.n IS 'How many drives there were.';
COMMENT ON COLUMN drive_fits.kept IS 'How many of them the line was fitted to, outliers being cut.';
COMMENT ON COLUMN drive_fits.error_s_p50 IS 'Median of |actual - fitted| of all n, in seconds.';
COMMENT ON COLUMN drive_fits.error_s_p90 IS
  'The value that 90 % of |actual - fitted| do not exceed, in seconds.';
COMMENT ON COLUMN drive_fits.error_before_s_p50 IS
  'Median of |actual - expected| without the fit, in seconds.';
COMMENT ON COLUMN drive_fits.fitted_at IS 'When it was fitted.';
