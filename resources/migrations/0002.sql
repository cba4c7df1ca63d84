-- Version 2: application instances (a session identifier each) on registrations and wake-ups.

ALTER TABLE bindings ADD COLUMN session TEXT NOT NULL DEFAULT '';
ALTER TABLE bindings ADD COLUMN application TEXT NOT NULL DEFAULT '';
ALTER TABLE wakes ADD COLUMN order_session TEXT NOT NULL DEFAULT '';
