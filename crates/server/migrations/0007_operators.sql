-- The operators' desk: who works there, their sessions, and what waits for their decision. The same
-- conventions as in 0001.

insert into serials (name, upcoming) values ('operator', 1);

create table operators (
    id bigint primary key,
    name text not null,
    -- The name as it is compared.
    name_key text not null unique,
    password_hash text not null,
    -- The words of the roles, with blanks between.
    roles text not null,
    created_at bigint not null,
    disabled_at bigint,
    -- The secret of the app that shows the codes; none until the first sign-in.
    secret_sealed text,
    -- The secret of a binding on its way.
    binding_sealed text,
    last_step bigint,
    tries text not null default 'clear',
    tries_since bigint not null default 0,
    wrong bigint not null default 0
);

-- The accounts that are an operator's own, on which they decide nothing (OPS-1).
create table operator_accounts (
    operator_id bigint not null references operators (id),
    account_id text not null references accounts (id),
    primary key (operator_id, account_id)
);

create table operator_sessions (
    token_hash text primary key,
    operator_id bigint not null references operators (id),
    -- 0 while only the password was given, 1 once the code was.
    is_on_duty bigint not null,
    began_at bigint not null,
    used_at bigint not null
);

create index operator_sessions_by_operator on operator_sessions (operator_id);

-- What entered a queue. The row stays when it is decided, and goes when it is taken back.
create table queue_items (
    id text primary key,
    queue text not null,
    entered_at bigint not null,
    due_at bigint not null,
    -- 'open', 'approved_once', 'approved' or 'rejected', by whom and when.
    stage text not null,
    stage_by bigint,
    stage_at bigint
);

create index queue_items_by_due on queue_items (queue, stage, due_at);

-- The accounts that the decision concerns.
create table queue_accounts (
    item_id text not null references queue_items (id),
    account_id text not null references accounts (id),
    primary key (item_id, account_id)
);

create index queue_accounts_by_account on queue_accounts (account_id);

-- Accounts that an operator froze because of a violation (ACC-6); the row goes when that is lifted.
create table account_freezes (
    account_id text primary key references accounts (id),
    operator_id bigint not null references operators (id),
    reason_sealed text not null,
    frozen_at bigint not null
);
