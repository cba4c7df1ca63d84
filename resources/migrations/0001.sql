-- Version 1: users with their devices and registrations, pushes, wake-ups, initiators, the journal.
-- Times are milliseconds since 1970 in UTC, 0 = not known. Codes are those of the outside contract. Lists are JSON.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE initiators (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token_sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    ha1_md5 TEXT NOT NULL,
    ha1_sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- device_key: kind and what is compared, so that two spellings of one device are one row; device_id: as it is shown.
CREATE TABLE devices (
    device_key TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    msisdn TEXT NOT NULL,
    client_port INTEGER NOT NULL CHECK (client_port BETWEEN 0 AND 65535),
    provisioned_routes TEXT NOT NULL,
    client_routes TEXT NOT NULL,
    content_types TEXT NOT NULL,
    max_message_size BIGINT NOT NULL,
    sir_version INTEGER NOT NULL,
    accepts_pushes INTEGER NOT NULL,
    preferred INTEGER NOT NULL,
    quiet_from INTEGER NOT NULL,
    quiet_until INTEGER NOT NULL,
    subscriptions TEXT NOT NULL,
    gruu TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen BIGINT NOT NULL
);
CREATE INDEX devices_user ON devices (user_id);
CREATE INDEX devices_msisdn ON devices (msisdn) WHERE msisdn <> '';

CREATE TABLE bindings (
    device_key TEXT NOT NULL REFERENCES devices (device_key) ON DELETE CASCADE,
    flow TEXT NOT NULL,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    transport TEXT NOT NULL,
    peer TEXT NOT NULL,
    local TEXT NOT NULL,
    address TEXT NOT NULL,
    registered_until BIGINT NOT NULL,
    last_packet BIGINT NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (device_key, flow)
);

-- Pushes, wake-ups and the journal are history: they outlive users and devices.
CREATE TABLE pushes (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    finished INTEGER NOT NULL,
    accepted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    initiator TEXT NOT NULL,
    target_user TEXT NOT NULL,
    target_device TEXT NOT NULL,
    target_msisdn TEXT NOT NULL,
    target_session TEXT NOT NULL,
    named_devices TEXT NOT NULL,
    application TEXT NOT NULL,
    content_type TEXT NOT NULL,
    ttl_ms BIGINT NOT NULL,
    priority TEXT NOT NULL,
    send_when TEXT NOT NULL,
    sir_mode TEXT NOT NULL,
    body BLOB NOT NULL
);
CREATE INDEX pushes_finished ON pushes (finished, finished_at);

CREATE TABLE deliveries (
    push_id TEXT NOT NULL REFERENCES pushes (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    device_id TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    wake_id TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (push_id, position)
);

CREATE TABLE wakes (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    finished INTEGER NOT NULL,
    requested_at BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    order_bearer TEXT NOT NULL,
    order_mode TEXT NOT NULL,
    order_empty INTEGER NOT NULL,
    order_requests INTEGER NOT NULL,
    order_application TEXT NOT NULL,
    order_by_hand INTEGER NOT NULL,
    order_reason TEXT NOT NULL,
    because TEXT NOT NULL,
    mode TEXT NOT NULL,
    identity_inside INTEGER NOT NULL,
    furthest TEXT NOT NULL,
    outcome TEXT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    step_times TEXT NOT NULL,
    attempts TEXT NOT NULL,
    sir BLOB NOT NULL
);
CREATE INDEX wakes_finished ON wakes (finished, requested_at);

-- search: what a text filter looks through, case folded; it stands before the columns that may be long.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    time BIGINT NOT NULL,
    kind TEXT NOT NULL,
    event TEXT NOT NULL,
    user_id TEXT NOT NULL,
    device_key TEXT NOT NULL,
    push_id TEXT NOT NULL,
    wake_id TEXT NOT NULL,
    search TEXT NOT NULL,
    device_id TEXT NOT NULL,
    fields TEXT NOT NULL,
    bytes_format TEXT NOT NULL,
    bytes BLOB NOT NULL
);
CREATE INDEX journal_kind ON journal (kind, id);
CREATE INDEX journal_user ON journal (user_id, id) WHERE user_id <> '';
CREATE INDEX journal_device ON journal (device_key, id) WHERE device_key <> '';
CREATE INDEX journal_push ON journal (push_id, id) WHERE push_id <> '';
CREATE INDEX journal_wake ON journal (wake_id, id) WHERE wake_id <> '';

-- What a stretch of 4096 journal ids holds, so that a time range and a total need not touch the rows.
CREATE TABLE journal_blocks (
    block BIGINT PRIMARY KEY,
    row_count BIGINT NOT NULL,
    first_time BIGINT NOT NULL,
    last_time BIGINT NOT NULL
);
