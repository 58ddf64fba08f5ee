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
  'SHA-256 of what is counted together: an account asked for from one network, or the network.';
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
COMMENT ON COLUMN second_factors.recovery_hashes IS 'SHA-256 of the one-time codes that are left.';

ALTER TABLE people
  ADD COLUMN tokens_from timestamptz,
  ADD COLUMN second_factor_from timestamptz;
COMMENT ON COLUMN people.tokens_from IS 'Tokens issued before are refused; null when none was called back.';
COMMENT ON COLUMN people.second_factor_from IS
  'From when on the days of grace without a second factor count; null for since the account was made.';

ALTER TABLE sessions ADD COLUMN last_seen_at timestamptz;
COMMENT ON COLUMN sessions.last_seen_at IS 'When it was last used, to the minute; null for never since.';

ALTER TABLE api_keys
  ADD COLUMN last_used_at timestamptz,
  ADD COLUMN created_by text,
  ADD COLUMN revoked_by text;
COMMENT ON COLUMN api_keys.last_used_at IS 'When it was last used, to the minute; null for never.';
COMMENT ON COLUMN api_keys.created_by IS 'Who made it; null for the server or a command.';
COMMENT ON COLUMN api_keys.revoked_by IS 'Who revoked it; null while it works.';
