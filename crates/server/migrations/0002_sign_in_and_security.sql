-- What signing in and keeping an account safe need. The same conventions as in 0001.

-- A row is taken (updated) by whoever counts what its name stands for and then writes: accounts on
-- one phone, accounts of one identity, codes to one target.
create table locks (
    name text primary key
);

alter table accounts add column site text not null default 'china';
-- The serial number of the APPID (ACC-2), which has nothing to do with that of the account id.
alter table accounts add column app_serial bigint not null default 0;
update accounts set app_serial = (select count(*) from accounts b where b.id <= accounts.id);
insert into serials (name, upcoming) select 'app', count(*) + 1 from accounts;
create unique index accounts_by_app on accounts (app_serial);
-- When all data were downloaded last (ACC-14).
alter table accounts add column exported_at bigint;
alter table accounts add column locked_since bigint;
-- After an unlock the password must be set anew before anything else (ACC-14).
alter table accounts add column must_set_password bigint not null default 0;
alter table accounts add column sign_in_protection text not null default 'off';
alter table accounts add column operation_protection text not null default 'off';
alter table accounts add column session_idle bigint;
alter table accounts add column session_longest bigint;
alter table accounts add column verified_at bigint;
alter table accounts add column verified_document_sealed text;
alter table accounts add column terms_version text;
alter table accounts add column privacy_version text;
alter table accounts add column agreed_at bigint;

alter table passwords add column strength text not null default 'weak';

-- One row for each way to sign in; at most one of each kind (LGM-5). For e-mail the hash is that of
-- the address.
create table login_methods (
    account_id text not null references accounts (id),
    kind text not null,
    identity_hash text not null,
    identity_sealed text not null,
    -- What the provider calls the person, for display.
    name_sealed text,
    origin text not null,
    bound_at bigint not null,
    primary key (account_id, kind)
);

create index login_methods_by_identity on login_methods (kind, identity_hash);
-- Whatever else happens: an address opens one account (CON-14).
create unique index login_methods_by_email on login_methods (identity_hash) where kind = 'email';

insert into login_methods (account_id, kind, identity_hash, identity_sealed, origin, bound_at)
select account_id, 'email', email_hash, email_sealed, 'registration', added_at from login_emails;

drop table login_emails;

-- WeChat as confirmation, which outlives the WeChat login (MFA-6).
create table wechat_confirmations (
    account_id text primary key references accounts (id),
    identity_hash text not null,
    identity_sealed text not null,
    name_sealed text,
    bound_at bigint not null
);

create table security_phones (
    account_id text primary key references accounts (id),
    phone_hash text not null,
    phone_sealed text not null,
    changed_at bigint not null
);

create index security_phones_by_phone on security_phones (phone_hash);

create table security_emails (
    account_id text primary key references accounts (id),
    email_hash text not null,
    email_sealed text not null,
    changed_at bigint not null
);

create index security_emails_by_email on security_emails (email_hash);

-- A change of the security e-mail on its way (CON-5).
create table security_email_changes (
    account_id text primary key references accounts (id),
    -- 'original' or 'new': whose code is awaited.
    awaits text not null,
    original_sealed text,
    new_sealed text not null,
    since bigint not null
);

-- Contact phone and e-mail: what counts, and what waits to be confirmed (CON-6).
create table contact_points (
    account_id text not null references accounts (id),
    kind text not null,
    confirmed_sealed text,
    pending_sealed text,
    pending_since bigint,
    -- The link in the message to the pending address.
    link_hash text unique,
    primary key (account_id, kind)
);

-- The newest code for each purpose, account and target (CON-12). The account is empty where there is none.
create table codes (
    purpose text not null,
    account_id text not null,
    target_hash text not null,
    code_hash text not null,
    sent_at bigint not null,
    wrong bigint not null,
    state text not null,
    primary key (purpose, account_id, target_hash)
);

create index codes_by_age on codes (sent_at);

-- What went to each target, whatever for (CON-12).
create table code_targets (
    target_hash text primary key,
    last_sent_at bigint not null,
    day text not null,
    count bigint not null
);

-- Wrong codes of an account (or, without one, of a target) and purpose on one day (CON-12).
create table code_failures (
    who text not null,
    purpose text not null,
    day text not null,
    count bigint not null,
    primary key (who, purpose)
);

-- Proofs that an owner gave in a session (PRT-2).
create table proofs (
    session_id text not null,
    method text not null,
    at bigint not null,
    primary key (session_id, method)
);

alter table sessions add column device_hash text;
alter table sessions add column device_name text not null default '';
alter table sessions add column place text;
alter table sessions add column ip_sealed text;
alter table sessions add column method text not null default 'email';
-- The sub-user whose session it is (SGN-14); none for the root account's own.
alter table sessions add column user_id text;

-- Wrong passwords of an account or of an address that nobody has (SGN-1).
create table wrong_passwords (
    who_hash text primary key,
    state text not null,
    first_at bigint not null,
    wrong bigint not null,
    locked_until bigint not null
);

create index wrong_passwords_by_age on wrong_passwords (first_at);

-- Captchas that were solved and used, until they expire.
create table used_captchas (
    id_hash text primary key,
    expires_at bigint not null
);

-- Sign-ins whose first proof was right and that wait for the second (SGN-2).
create table sign_in_steps (
    token_hash text primary key,
    account_id text not null references accounts (id),
    method text not null,
    device_hash text not null,
    is_risky bigint not null,
    began_at bigint not null,
    -- The row of this sign-in in the history, which says that the second step failed until it is done.
    sign_in_id text not null
);

create index sign_in_steps_by_age on sign_in_steps (began_at);

-- Devices that skip the second step (SGN-2).
create table trusted_devices (
    id text primary key,
    account_id text not null references accounts (id),
    device_hash text not null,
    device_name text not null,
    place text,
    proved_at bigint not null,
    unique (account_id, device_hash)
);

-- Each sign-in and each try at one (SGN-9); country is what risk looks at (SGN-4).
create table sign_ins (
    id text primary key,
    account_id text not null references accounts (id),
    user_id text,
    at bigint not null,
    ip_sealed text not null,
    country text,
    place text,
    device_name text not null,
    method text not null,
    result text not null
);

create index sign_ins_by_account on sign_ins (account_id, at);
create index sign_ins_by_country on sign_ins (account_id, country, result, at);

-- QR codes for scanning, and visits to a provider's page (SGN-5, SGN-11, V-27).
create table scans (
    id text primary key,
    -- The secret in the QR code or the `state` of the visit.
    secret_hash text not null unique,
    -- The browser in which it was begun, by its device token.
    shown_in text not null,
    purpose text not null,
    kind text not null,
    -- The account, and the session or sign-in step, that binds or proves; empty at sign-in.
    account_id text,
    session_id text,
    -- What the provider needs again: PKCE verifier and nonce.
    visit_sealed text,
    made_at bigint not null,
    state text not null,
    identity_hash text,
    identity_sealed text,
    name_sealed text,
    is_administrator bigint not null default 0,
    -- The scan whose code a phone has opened; the row is that phone's own visit to the provider.
    for_scan text,
    -- The browser that shows the code, as the phone names it before anybody confirms.
    device_name text not null default '',
    place text
);

create index scans_by_scan on scans (for_scan);
create index scans_by_age on scans (made_at);

-- Identities whose holder was just seen, which wait for the person's choice: which account, link, register (SGN-5, LGM-5).
create table seen_identities (
    token_hash text primary key,
    shown_in text not null,
    kind text not null,
    identity_hash text not null,
    identity_sealed text not null,
    name_sealed text,
    is_administrator bigint not null,
    seen_at bigint not null
);

create index seen_identities_by_age on seen_identities (seen_at);

-- The one MFA device of an account (MFA-2).
create table mfa_devices (
    account_id text primary key references accounts (id),
    kind text not null,
    -- The seed of a TOTP device, or the public credential of a security key.
    secret_sealed text not null,
    -- The serial number of a token, or the credential's id.
    serial text,
    counter bigint not null,
    bound_at bigint not null,
    last_step bigint,
    tries text not null,
    tries_since bigint not null,
    wrong bigint not null
);

-- A key that signs in without a name must lead to one account.
create unique index mfa_devices_by_key on mfa_devices (serial) where kind = 'security_key';

-- A binding that was begun (MFA-2).
create table mfa_bindings (
    account_id text primary key references accounts (id),
    kind text not null,
    wish text not null,
    secret_sealed text not null,
    serial text,
    started_at bigint not null
);

create table recovery_codes (
    account_id text not null references accounts (id),
    position bigint not null,
    digest text not null,
    used_at bigint,
    primary key (account_id, position)
);

-- Challenges of security keys, each good once.
create table key_challenges (
    token_hash text primary key,
    purpose text not null,
    -- The session, the sign-in step or the browser that it was made for.
    asked_by text not null,
    state_sealed text not null,
    made_at bigint not null
);

create index key_challenges_by_age on key_challenges (made_at);

-- Face checks on their way (SGN-4, PRT-4).
create table face_checks (
    id text primary key,
    account_id text not null references accounts (id),
    -- The session or the sign-in step that it is for.
    asked_by text not null,
    service_id_sealed text not null,
    began_at bigint not null,
    state text not null
);

create index face_checks_by_age on face_checks (began_at);

-- Links in notices that lock the account at once (ACC-14).
create table lock_links (
    token_hash text primary key,
    account_id text not null references accounts (id),
    sent_at bigint not null
);

create index lock_links_by_age on lock_links (sent_at);

-- Sub-users (SGN-14); what manages them comes with another issue.
create table sub_users (
    id text primary key,
    root_id text not null references accounts (id),
    name text not null,
    -- The name as it is compared.
    name_key text not null,
    password_hash text not null,
    password_changed_at bigint not null,
    created_at bigint not null,
    unique (root_id, name_key)
);
