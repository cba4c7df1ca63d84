-- Version 9: the classes of content that an initiator may send and others may not (JSON list of names).

ALTER TABLE initiators ADD COLUMN contents TEXT NOT NULL DEFAULT '[]';
