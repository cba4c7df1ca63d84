-- Version 12: the place of a device where a push goes to one of several, and the time zone of its quiet hours.

ALTER TABLE devices ADD COLUMN fallback_order INTEGER NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN zone TEXT NOT NULL DEFAULT '';
