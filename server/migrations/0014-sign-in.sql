CREATE TABLE sign_in_attempts (
  bucket bytea PRIMARY KEY,
  attempts int NOT NULL,
  since timestamptz NOT NULL,
  blocks int NOT NULL,
  blocked_until timestamptz
);
CREATE INDEX sign_in_attempts_since_idx ON sign_in_attempts (since);
COMMENT ON TABLE sign_in_attempts IS 'Failed sign-ins of late, shared by all processes; rows go after a day.';
COMMENT ON COLUMN sign_in_attempts.bucket IS
  'Keyed hash of what is counted together: a username asked for from one network, or the network.';
COMMENT ON COLUMN sign_in_attempts.attempts IS 'Attempts of this window that did not succeed.';
COMMENT ON COLUMN sign_in_attempts.since IS 'When the window began.';
COMMENT ON COLUMN sign_in_attempts.blocks IS 'How often it was blocked: each block is longer than the last.';
COMMENT ON COLUMN sign_in_attempts.blocked_until IS 'Until when no attempt is looked at; null for none.';

CREATE TABLE second_factors (
  person_id bigint PRIMARY KEY REFERENCES people (id),
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  last_step bigint NOT NULL DEFAULT 0,
  recovery_hashes bytea[] NOT NULL DEFAULT '{}'
);
COMMENT ON TABLE second_factors IS 'Authenticator apps of people (TOTP, RFC 6238).';
COMMENT ON COLUMN second_factors.person_id IS 'Whose it is.';
COMMENT ON COLUMN second_factors.secret IS 'The shared secret, sealed with AES-256-GCM.';
COMMENT ON COLUMN second_factors.created_at IS 'When the secret was made.';
COMMENT ON COLUMN second_factors.confirmed_at IS
  'When a code of the app was first right; null while it is not asked for yet.';
COMMENT ON COLUMN second_factors.last_step IS 'Time step of the newest code used: no code is good twice.';
COMMENT ON COLUMN second_factors.recovery_hashes IS 'Keyed hashes of the one-time codes that are left.';

ALTER TABLE people
  ADD COLUMN generation int NOT NULL DEFAULT 0,
  ADD COLUMN second_factor_from timestamptz;
COMMENT ON COLUMN people.generation IS
  'Raised to end all sessions and tokens at once: those of an older generation are refused.';
COMMENT ON COLUMN people.second_factor_from IS
  'From when the days count within which no second factor is needed yet; null for from created_at.';
-- Accounts that are older than second factors have these days too, or an upgrade would stop their programs.
UPDATE people SET second_factor_from = now();

ALTER TABLE sessions
  ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  ADD COLUMN generation int NOT NULL DEFAULT 0,
  ADD COLUMN last_seen_at timestamptz;
CREATE INDEX sessions_person_id_idx ON sessions (person_id);
COMMENT ON COLUMN sessions.id IS 'What the person ends it by.';
COMMENT ON COLUMN sessions.generation IS
  'The generation of the person when the password was looked at; another one ends the session.';
COMMENT ON COLUMN sessions.last_seen_at IS 'When it was last used, to the minute; null for never since.';

ALTER TABLE settings
  DROP CONSTRAINT settings_name_check,
  ADD CONSTRAINT settings_name_check CHECK (name IN ('response_plans', 'auto_incident',
    'incident_number_template', 'second_factor_required', 'admin_idle_minutes'));

ALTER TABLE api_keys
  ADD COLUMN last_used_at timestamptz,
  ADD COLUMN created_by text,
  ADD COLUMN revoked_by text;
COMMENT ON COLUMN api_keys.last_used_at IS 'When it was last used, to the minute; null for never.';
COMMENT ON COLUMN api_keys.created_by IS 'Who made it; null for the server or a command.';
COMMENT ON COLUMN api_keys.revoked_by IS 'Who revoked it; null while it works.';
