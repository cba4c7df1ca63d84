-- Version 7: the journal is looked up by block. A block of 4096 ids gets the lines of its index at once, when it is full, so that a
-- row costs no index entry when it is written and those of a block lie together.

DROP INDEX journal_kind;
DROP INDEX journal_user;
DROP INDEX journal_device;
DROP INDEX journal_push;
DROP INDEX journal_wake;

-- key: k, u, d, p or w and the kind, user, device key, push or wake-up. ids: the places within the block, "3,17,4001", or only how
-- many there are, "*730", where going through the block is as quick.
CREATE TABLE journal_index (
    block BIGINT NOT NULL,
    key TEXT NOT NULL,
    ids TEXT NOT NULL,
    PRIMARY KEY (block, key)
) WITHOUT ROWID;

-- 0: not indexed yet, 1: indexed, 2: rows of it are being removed. Only the index of 1 is to be believed.
ALTER TABLE journal_blocks ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
