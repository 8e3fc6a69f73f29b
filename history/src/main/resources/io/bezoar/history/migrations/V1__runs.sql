-- What was run, in the order it was recorded. Rows are never changed: each holds the digest of the one before.
-- Read by SQLite and PostgreSQL alike.
CREATE TABLE bezoar_run (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    chain TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started BIGINT NOT NULL,
    data TEXT,
    model TEXT,
    model_digest TEXT,
    prompt TEXT,
    content TEXT NOT NULL
);

CREATE INDEX bezoar_run_kind ON bezoar_run (kind, number);
CREATE INDEX bezoar_run_state ON bezoar_run (state, number);
CREATE INDEX bezoar_run_data ON bezoar_run (data, number);
CREATE INDEX bezoar_run_model ON bezoar_run (model, number);
CREATE INDEX bezoar_run_model_digest ON bezoar_run (model_digest, number);
CREATE INDEX bezoar_run_prompt ON bezoar_run (prompt, number);

-- Where labels were moved, in order; the last line of a label is where it stands.
CREATE TABLE bezoar_label (
    number INTEGER PRIMARY KEY,
    chain TEXT NOT NULL,
    name TEXT NOT NULL,
    run TEXT NOT NULL REFERENCES bezoar_run (id),
    moved BIGINT NOT NULL,
    mover TEXT NOT NULL,
    reason TEXT NOT NULL
);

CREATE INDEX bezoar_label_name ON bezoar_label (name, number);
