-- What the verification of enterprises needs beside an attempt: limits, money on its way, permissions,
-- re-checks, contacts. The same conventions as in 0001.

-- Enterprises whose number of accounts an operator has raised (ENT-1, OPS-2). An enterprise is found by
-- its code or by its name, as its places are counted.
create table enterprise_limits (
    code_hash text primary key,
    name_hash text not null,
    places bigint not null,
    raised_at bigint not null
);

create index enterprise_limits_by_name on enterprise_limits (name_hash);

-- Transfers to corporate accounts (ENT-7). The newest of an account counts; one that failed is never
-- taken up again (ENT-17). Sum and bank details are sealed.
create table bank_transfers (
    reference text primary key,
    account_id text not null references accounts (id),
    attempt_id text not null,
    number bigint not null,
    requested_at bigint not null,
    state text not null,
    arrived_at bigint,
    wrong_tries bigint not null default 0,
    ended_at bigint,
    cause text,
    order_sealed text not null
);

create index bank_transfers_by_account on bank_transfers (account_id, number);
create index bank_transfers_by_state on bank_transfers (state);

-- Complaints that the right sum was refused (ENT-19).
create table amount_disputes (
    id text primary key,
    case_number text not null unique,
    account_id text not null references accounts (id),
    reference text not null,
    at bigint not null,
    document_id text not null
);

create index amount_disputes_by_account on amount_disputes (account_id);

-- Sums that enterprises pay in (ENT-8); the newest of an account counts.
create table top_ups (
    reference text primary key,
    account_id text not null references accounts (id),
    attempt_id text not null,
    number bigint not null,
    state text not null,
    top_up text not null,
    payee_sealed text not null
);

create index top_ups_by_account on top_ups (account_id, number);
create index top_ups_by_state on top_ups (state);

-- What came in and became balance, whether it verified or not (ENT-8).
create table incoming_payments (
    id text primary key,
    reference text not null,
    account_id text not null references accounts (id),
    amount bigint not null,
    route text not null,
    came_at bigint not null,
    fault text
);

create index incoming_payments_by_reference on incoming_payments (reference);

-- Permissions of Official Accounts, one for each attempt (ENT-12). The service's name for it is sealed.
create table official_permissions (
    attempt_id text primary key,
    account_id text not null references accounts (id),
    service_sealed text not null,
    began_at bigint not null,
    permission text
);

create index official_permissions_by_account on official_permissions (account_id, began_at);

-- Re-checks of verified enterprises (ENT-16).
create table enterprise_rechecks (
    account_id text primary key references accounts (id),
    recheck text not null,
    checked_at bigint not null,
    next_at bigint not null
);

create index enterprise_rechecks_by_next on enterprise_rechecks (next_at);

-- Whom the platform turns to at an enterprise, and whether it uses CDN (ENT-21).
create table enterprise_contacts (
    account_id text primary key references accounts (id),
    contact_sealed text,
    uses_cdn bigint not null default 0,
    changed_at bigint not null
);
