-- Version 4: what application servers ask of a push beside its content, and what they are still to be told.

-- Their own name of it, one for all recipients; until when it is held back; whom to tell its end; a note of the protocol it came by.
ALTER TABLE pushes ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE pushes ADD COLUMN not_before BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pushes ADD COLUMN notify_to TEXT NOT NULL DEFAULT '';
ALTER TABLE pushes ADD COLUMN terms BLOB NOT NULL DEFAULT '';
CREATE INDEX pushes_reference ON pushes (initiator, reference) WHERE reference <> '';

-- Made with the push, gone when its initiator took it. An empty document is made from the push once that has ended.
CREATE TABLE notices (
    id TEXT PRIMARY KEY,
    push_id TEXT NOT NULL,
    url TEXT NOT NULL,
    document BLOB NOT NULL,
    attempts INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
