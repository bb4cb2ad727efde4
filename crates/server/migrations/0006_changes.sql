-- Applications for a change of verification (CHG). The same conventions as in 0001.

-- One row for each application, from its first draft to its end. `state` is the word of the state, so
-- that an open one can be found; the state itself has reviewers' notes in it and is sealed, as is what
-- was typed. `register` is what the business register said, as JSON.
create table changes (
    id text primary key,
    account_id text not null references accounts (id),
    -- Raised by each change of the row.
    version bigint not null,
    kind text not null,
    way text not null,
    former text not null,
    state text not null,
    state_sealed text not null,
    form_sealed text not null,
    consents text not null,
    resources_confirmed bigint not null,
    basic_information_saved bigint not null,
    register text,
    began_at bigint not null,
    changed_at bigint not null,
    -- The link by which the new subject accepts, and when it was made (CHG-14).
    invitation_hash text unique,
    invited_at bigint
);

create index changes_by_account on changes (account_id, began_at);
-- Whatever else happens: one application of an account is open (CHG-3).
create unique index changes_open on changes (account_id)
    where state = 'draft' or state = 'in_review' or state = 'approved';
