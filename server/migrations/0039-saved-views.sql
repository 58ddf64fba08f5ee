CREATE TABLE saved_views (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  list text NOT NULL CHECK (list IN ('calls')),
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
  query text NOT NULL CHECK (char_length(query) <= 2000),
  owner_id bigint NOT NULL REFERENCES people (id),
  shared boolean NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT saved_views_name_key UNIQUE (owner_id, list, name)
);
CREATE INDEX saved_views_shared_idx ON saved_views (list, id) WHERE shared;
COMMENT ON TABLE saved_views IS 'Filters, orderings and columns of a list that somebody keeps under a name.';
COMMENT ON COLUMN saved_views.id IS 'Row number.';
COMMENT ON COLUMN saved_views.list IS 'The list it is a view of.';
COMMENT ON COLUMN saved_views.name IS 'What its owner calls it.';
COMMENT ON COLUMN saved_views.query IS
  'The query of the page''s address, without what is chosen in the list.';
COMMENT ON COLUMN saved_views.owner_id IS 'Who keeps it, and may change it.';
COMMENT ON COLUMN saved_views.shared IS 'Whether everybody who sees the list has it.';
COMMENT ON COLUMN saved_views.created_at IS 'When it was saved first.';

CREATE TABLE list_columns (
  person_id bigint NOT NULL REFERENCES people (id),
  list text NOT NULL CHECK (list IN ('calls')),
  columns text[] NOT NULL CHECK (cardinality(columns) BETWEEN 1 AND 50),
  PRIMARY KEY (person_id, list)
);
COMMENT ON TABLE list_columns IS
  'Which columns somebody wants to see of a list; none for those of everybody.';
COMMENT ON COLUMN list_columns.person_id IS 'Whose choice it is.';
COMMENT ON COLUMN list_columns.list IS 'The list.';
COMMENT ON COLUMN list_columns.columns IS 'Names of columns, in their order.';
