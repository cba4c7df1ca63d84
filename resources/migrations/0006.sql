-- Version 6: where application servers push to one application instance over Web Push, and the coding of a push's content.

-- vapid_key: base64url, empty = any; expires_at: 0 = never.
CREATE TABLE push_resources (
    id TEXT PRIMARY KEY,
    device_key TEXT NOT NULL REFERENCES devices (device_key) ON DELETE CASCADE,
    device_id TEXT NOT NULL,
    application TEXT NOT NULL,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    vapid_key TEXT NOT NULL,
    token_sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX push_resources_device ON push_resources (device_key);

ALTER TABLE pushes ADD COLUMN content_encoding TEXT NOT NULL DEFAULT '';
