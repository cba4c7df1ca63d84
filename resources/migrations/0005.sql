-- Version 5: what each initiator may do. Targets are patterns over public user IDs (JSON); 0 = as the configuration says.

ALTER TABLE initiators ADD COLUMN targets TEXT NOT NULL DEFAULT '[]';
ALTER TABLE initiators ADD COLUMN pushes_per_second INTEGER NOT NULL DEFAULT 0;
ALTER TABLE initiators ADD COLUMN pushes_per_day INTEGER NOT NULL DEFAULT 0;
