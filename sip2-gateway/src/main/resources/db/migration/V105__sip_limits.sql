-- How often a secret was tried: one row for each subject, such as one card (as a keyed hash), one login or one address.
-- A row goes when the right secret was shown, at the latest a day after the last try.
create table try_counts (
    subject text primary key,
    tries integer not null check (tries > 0),
    last_at timestamptz not null
);
create index try_counts_by_time on try_counts (last_at);

-- Logins that were refused, for staff who look for a machine that does not get in. Never a password. A row goes when it
-- has not been seen for the time that the settings say, or when too many newer ones have come.
create table unknown_logins (
    login text not null,
    address text not null,
    known boolean not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    times bigint not null check (times > 0),
    primary key (login, address)
);
create index unknown_logins_by_time on unknown_logins (last_seen);

-- Which terminal is connected to which gateway. Worthless after a crash of the database, when no connection has
-- outlived it, hence unlogged: a login costs no wait for the disk. A row goes with its connection, or with its gateway.
create unlogged table sip_connections (
    id bigint generated always as identity primary key,
    gateway integer not null,
    login text not null,
    address text not null,
    since timestamptz not null,
    -- Another connection of the login has taken its place: its gateway is to close it.
    replaced boolean not null default false
);
create index sip_connections_by_login on sip_connections (login);
create index sip_connections_to_close on sip_connections (gateway) where replaced;
