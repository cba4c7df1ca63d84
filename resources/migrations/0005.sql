-- Version 5: what each initiator may do. Targets are patterns over public user IDs (JSON); 0 = as the configuration says. How many of a user's devices get a push.

ALTER TABLE initiators ADD COLUMN targets TEXT NOT NULL DEFAULT '[]';
ALTER TABLE initiators ADD COLUMN pushes_per_second INTEGER NOT NULL DEFAULT 0;
ALTER TABLE initiators ADD COLUMN pushes_per_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pushes ADD COLUMN choice TEXT NOT NULL DEFAULT 'all';
