ALTER TABLE api_keys ADD COLUMN rate_limit_per_second bigint CHECK (rate_limit_per_second > 0);
COMMENT ON COLUMN api_keys.rate_limit_per_second IS
  'Requests a second this key may make, with bursts of two seconds; without either limit, that of its role.';
COMMENT ON COLUMN api_keys.rate_limit_per_minute IS
  'Requests a minute this key may make; null for none of its own.';

-- What is lost with a crash is a few seconds of counting, which is cheaper than a synced write each time.
CREATE UNLOGGED TABLE rate_buckets (
  bucket bytea PRIMARY KEY,
  per_second double precision NOT NULL,
  burst double precision NOT NULL,
  spent double precision NOT NULL,
  tokens double precision NOT NULL,
  filled_at timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE rate_buckets IS
  'Token buckets of callers, shared by all processes; empty after a crash. Rows go after ten minutes.';
COMMENT ON COLUMN rate_buckets.bucket IS 'SHA-256 of who or what is limited.';
COMMENT ON COLUMN rate_buckets.per_second IS 'Tokens that come back in a second.';
COMMENT ON COLUMN rate_buckets.burst IS 'Tokens of a full bucket.';
COMMENT ON COLUMN rate_buckets.spent IS 'Tokens that the last report told of.';
COMMENT ON COLUMN rate_buckets.tokens IS
  'Tokens left at that time; below zero when several processes together let too many through.';
COMMENT ON COLUMN rate_buckets.filled_at IS 'When the tokens were counted, by the clock of the database.';
