-- Version 3: what devices returned when asked; wake-ups that repeat others, and why no route was left (JSON, with the checks of each attempt in attempts).

ALTER TABLE wakes ADD COLUMN repeats TEXT NOT NULL DEFAULT '';
ALTER TABLE wakes ADD COLUMN checks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE devices ADD COLUMN returned TEXT NOT NULL DEFAULT '[]';
-- What wakes it by itself: on_push, always, never; empty as the user, and then the settings, say.
ALTER TABLE devices ADD COLUMN wake_policy TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN wake_policy TEXT NOT NULL DEFAULT '';
ALTER TABLE wakes ADD COLUMN order_gateway TEXT NOT NULL DEFAULT '';
