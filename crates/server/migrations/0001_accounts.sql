-- Text and bigint columns only, on SQLite and PostgreSQL alike: times are milliseconds since the
-- Unix epoch, ids and states are text. A column ending in _sealed is encrypted, one ending in
-- _hash is a keyed or plain hash of something that is stored nowhere.

-- What this installation is: `mode` is `demo` or `production`.
create table installation (
    name text primary key,
    value text not null
);

-- Serial numbers only ever rise, so that no account id is given twice (ACC-1).
create table serials (
    name text primary key,
    upcoming bigint not null
);

insert into serials (name, upcoming) values ('account', 1), ('audit', 1);

create table accounts (
    id text primary key,
    registered_at bigint not null,
    language text not null,
    nickname text not null,
    nickname_version bigint not null,
    verification text not null,
    verified_name_sealed text
);

create table login_emails (
    account_id text primary key references accounts (id),
    email_hash text not null unique,
    email_sealed text not null,
    added_at bigint not null
);

create table passwords (
    account_id text primary key references accounts (id),
    hash text not null,
    changed_at bigint not null
);

create table sessions (
    id text primary key,
    token_hash text not null unique,
    account_id text not null references accounts (id),
    began_at bigint not null,
    used_at bigint not null
);

create index sessions_by_account on sessions (account_id);

-- The browsers that an account has been signed in from.
create table devices (
    account_id text not null references accounts (id),
    token_hash text not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    primary key (account_id, token_hash)
);

-- Written once, never changed: there is no statement in the program that updates or deletes here.
-- Numbers have no gaps and follow the order of the commits.
create table audit (
    number bigint primary key,
    at bigint not null,
    account_id text references accounts (id),
    event text not null,
    request_id text not null,
    details text not null
);

create index audit_by_account on audit (account_id, number);

-- Messages to people. A row is written in the transaction of its cause and sent afterwards.
create table outbox (
    id text primary key,
    channel text not null,
    recipient_sealed text not null,
    subject_sealed text,
    body_sealed text not null,
    state text not null,
    created_at bigint not null,
    due_at bigint not null,
    tries bigint not null,
    claimed_by text,
    claimed_until bigint not null,
    finished_at bigint,
    last_failure text
);

create index outbox_by_state on outbox (state, due_at);

-- The first answer to each Idempotency-Key (API-3); no status while it is being worked out.
create table idempotency (
    account_id text not null references accounts (id),
    key_hash text not null,
    fingerprint text not null,
    started_at bigint not null,
    status bigint,
    content_type text,
    body_sealed text,
    primary key (account_id, key_hash)
);

create index idempotency_by_age on idempotency (started_at);

-- How often somebody tried something in the current window.
create table tries (
    who_hash text primary key,
    window_began_at bigint not null,
    count bigint not null
);

create index tries_by_age on tries (window_began_at);
