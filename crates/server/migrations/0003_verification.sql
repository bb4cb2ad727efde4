-- Who is behind an account, and how that came about. The same conventions as in 0001.

-- The subject of each verified account; there is one (ENT-2). `subject` is what the rules see of it,
-- as JSON; who it is, is sealed. The hashes are what places are counted by: a person has the first, an
-- enterprise the two others (VER-2, ENT-1).
create table subjects (
    account_id text primary key references accounts (id),
    subject text not null,
    since bigint not null,
    method text,
    identity_sealed text not null,
    person_hash text,
    code_hash text,
    name_hash text
);

create index subjects_by_person on subjects (person_hash);
create index subjects_by_code on subjects (code_hash);
create index subjects_by_name on subjects (name_hash);

-- What became of an account's subject: verified, changed, lost. Names and numbers are masked, and
-- sealed all the same.
create table subject_history (
    account_id text not null references accounts (id),
    number bigint not null,
    at bigint not null,
    event text not null,
    method text,
    subject text not null,
    shown_sealed text not null,
    primary key (account_id, number)
);

-- Attempts to verify an account (VER-10). `attempt` is what the rules see of it, as JSON; `state` is
-- its word, so that one that is running can be found.
create table verification_attempts (
    id text primary key,
    -- What support asks for (VER-15).
    case_number text not null unique,
    account_id text not null references accounts (id),
    began_at bigint not null,
    state text not null,
    attempt text not null,
    claim_sealed text not null
);

create index verification_attempts_by_account on verification_attempts (account_id, began_at);
-- Whatever else happens: one attempt runs at a time.
create unique index verification_attempts_running on verification_attempts (account_id)
    where state = 'running';
