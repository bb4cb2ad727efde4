-- Documents of proof and the audit log's chain. The same conventions as in 0001.

-- What was uploaded (CHG-13). The bytes lie in the document store, sealed, under the id; a row is
-- there before them and goes after them, so that nothing lies there unknown.
create table documents (
    id text primary key,
    -- Who has it: `account:` and an account id, or another kind of holder.
    holder text not null,
    purpose text not null,
    item text not null,
    -- What it was handed in with, when it was.
    application_id text,
    kind text not null,
    bytes bigint not null,
    uploaded_at bigint not null,
    decided_at bigint,
    -- `arriving`, `kept` or `leaving`.
    state text not null
);

create index documents_by_holder on documents (holder, purpose);
create index documents_by_application on documents (application_id);
create index documents_by_state on documents (state, uploaded_at);

-- Who did it, and the digest of the row and everything before it (OPS-3). Rows from before get theirs
-- when the server starts.
alter table audit add column actor text not null default 'unrecorded';
alter table audit add column digest text;

-- The end of the chain; whoever adds a row takes it first. A negative sequence says that the rows from
-- before are not chained yet.
create table audit_head (
    name text primary key,
    sequence bigint not null,
    digest text not null
);

insert into audit_head (name, sequence, digest)
values ('audit', -1, '0000000000000000000000000000000000000000000000000000000000000000');

delete from serials where name = 'audit';
