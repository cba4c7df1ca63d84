-- Version 2: application instances (a session identifier each) on registrations and wake-ups.

ALTER TABLE bindings ADD COLUMN session TEXT NOT NULL DEFAULT '';
ALTER TABLE bindings ADD COLUMN application TEXT NOT NULL DEFAULT '';
ALTER TABLE wakes ADD COLUMN order_session TEXT NOT NULL DEFAULT '';

-- How long the firewalls of a network keep a quiet path open. Times in milliseconds, 0 = not known; samples are JSON.
CREATE TABLE networks (
    prefix TEXT NOT NULL,
    transport TEXT NOT NULL,
    longest_open BIGINT NOT NULL,
    shortest_closed BIGINT NOT NULL,
    keep_alive BIGINT NOT NULL,
    confidence INTEGER NOT NULL,
    changed_at BIGINT NOT NULL,
    samples TEXT NOT NULL,
    PRIMARY KEY (prefix, transport)
);
