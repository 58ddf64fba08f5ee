CREATE TABLE people (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username text NOT NULL CHECK (char_length(username) BETWEEN 1 AND 150),
  password_hash text NOT NULL,
  role text NOT NULL CHECK (role IN
    ('dispatcher', 'paramedic', 'hospital', 'supervisor', 'admin', 'analyst', 'ai_dispatcher')),
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX people_username_key ON people (lower(username));
COMMENT ON TABLE people IS 'Who may sign in: people with a role, and AI dispatchers that use a password.';
COMMENT ON COLUMN people.id IS 'Row number.';
COMMENT ON COLUMN people.username IS 'Sign-in name, unique in any letter case.';
COMMENT ON COLUMN people.password_hash IS 'argon2id in PHC string form.';
COMMENT ON COLUMN people.role IS 'What the person may do; one of the roles of the contract.';
COMMENT ON COLUMN people.active IS 'False shuts the person out at once.';
COMMENT ON COLUMN people.created_at IS 'When the account was made.';

CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES people (id),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_expires_at_idx ON sessions (expires_at);
COMMENT ON TABLE sessions IS 'Signed-in browsers.';
COMMENT ON COLUMN sessions.token_hash IS
  'SHA-256 of the cookie''s 256-bit token; the token itself is never stored.';
COMMENT ON COLUMN sessions.person_id IS 'Who is signed in.';
COMMENT ON COLUMN sessions.created_at IS 'When the person signed in.';
COMMENT ON COLUMN sessions.expires_at IS 'When the session ends at the latest.';

CREATE TABLE api_keys (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  role text NOT NULL CHECK (role IN ('ai_dispatcher', 'reader', 'unit_gateway')),
  rate_limit_per_minute bigint CHECK (rate_limit_per_minute > 0),
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);
COMMENT ON TABLE api_keys IS 'Credentials of programs.';
COMMENT ON COLUMN api_keys.id IS 'Row number.';
COMMENT ON COLUMN api_keys.name IS 'What the key is for, in words.';
COMMENT ON COLUMN api_keys.key_hash IS 'SHA-256 of the key; the key itself is shown once and never stored.';
COMMENT ON COLUMN api_keys.role IS 'What the program may do.';
COMMENT ON COLUMN api_keys.rate_limit_per_minute IS 'Requests a minute this key may make; null for no limit.';
COMMENT ON COLUMN api_keys.created_at IS 'When the key was made.';
COMMENT ON COLUMN api_keys.expires_at IS 'When the key stops working; null for never.';
COMMENT ON COLUMN api_keys.revoked_at IS 'When the key was revoked; null while it works.';
