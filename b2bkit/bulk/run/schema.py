"""The tables of a ledger: batches, numbers of rows, states, reasons; no cell value and no key.

`request` holds what was sent together, as a part of a batch of the plan: from `first_unit` up to
but without `last_unit`. Rows that an accepted request's answer refused have a `request` of their
own without units, and so have the rows that the plan ruled out, as batch -1. `span` says which rows
belong to which request, each row to one; rows in no span have not been sent.
"""

FORM = 1
"""Goes up when ledgers are written in another form."""
RULED_OUT = -1
"""The batch of rows that the plan ruled out."""
RESERVE = 256 * 1024
"""Bytes kept free inside the file: when the disk is full, the last answers still find room."""

TABLES = """
BEGIN;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE request (
    id INTEGER PRIMARY KEY, batch INTEGER NOT NULL, first_unit INTEGER, last_unit INTEGER,
    adds INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, time REAL NOT NULL
);
CREATE INDEX request_of_batch ON request (batch);
CREATE TABLE span (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, request INTEGER NOT NULL);
CREATE TABLE reserve (data BLOB);
CREATE VIEW part AS
    SELECT id, batch, first_unit, last_unit, state = 'unknown' AS is_doubtful,
        state IN ('waiting', 'not sent') OR (state = 'unknown' AND NOT adds) AS is_open
    FROM request WHERE first_unit IS NOT NULL AND state != 'halved';
COMMIT;
"""
FILL_RESERVE = "INSERT INTO reserve VALUES (zeroblob(?))"
FREE_RESERVE = "DROP TABLE IF EXISTS reserve"

NOTE_FACT = "INSERT OR REPLACE INTO fact VALUES (?, ?)"
ADD_REQUEST = "INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
CHANGE_REQUEST = "UPDATE request SET state = ?, reason = ?, time = ? WHERE id = ?"
ADD_SPAN = "INSERT INTO span VALUES (?, ?, ?)"
REMOVE_SPAN = "DELETE FROM span WHERE first = ?"
SETTLE_IN_FLIGHT = "UPDATE request SET state = 'unknown', reason = ? WHERE state = 'sending'"

HAS_TABLES = "SELECT count(*) FROM sqlite_master WHERE name = 'reserve' OR name = 'fact'"
FACTS = "SELECT name, value FROM fact"
LAST_ID = "SELECT coalesce(max(id), 0) FROM request"
LAST_BATCH = "SELECT coalesce(max(batch), -1) FROM request"
PARTS_OF_BATCH = """
SELECT id, first_unit, last_unit, is_open, is_doubtful FROM part WHERE batch = ? ORDER BY first_unit
"""
FIRST_OPEN_BATCH = """
SELECT min(batch) FROM (
    SELECT min(batch) AS batch FROM part WHERE is_open
    UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM request WHERE batch = 0)
    UNION ALL SELECT min(batch) + 1 FROM request AS it WHERE batch >= 0
        AND NOT EXISTS (SELECT 1 FROM request WHERE batch = it.batch + 1)
)
"""
ROWS_BY_STATE = """
SELECT state, sum(last - first + 1) FROM span JOIN request ON id = request GROUP BY state
"""
SPANS = """
SELECT first, last, state, reason, batch, time FROM span JOIN request ON id = request
WHERE last >= ? ORDER BY first
"""
