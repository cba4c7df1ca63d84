-- Version 10: a push may ask its application to confirm it. One that has ended and may still be confirmed has finished = 0 and a final state.

ALTER TABLE pushes ADD COLUMN confirm INTEGER NOT NULL DEFAULT 0;
