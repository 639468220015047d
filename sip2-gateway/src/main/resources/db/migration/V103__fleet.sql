-- The number of the last change that staff can see. Its row lock makes numbers appear in the order of commits, so
-- that "everything after n" misses nothing.
create table fleet_clock (
    only_row boolean primary key default true check (only_row),
    change bigint not null
);
insert into fleet_clock (change) values (0);

-- How each terminal is, by its last report and by its SIP2 connection. A row is replaced, never multiplied; it goes
-- when its terminal goes.
create table fleet_terminals (
    terminal text primary key,
    change bigint not null,
    condition text not null,
    condition_since timestamptz not null,
    received_at timestamptz,
    reported_at timestamptz,
    sequence bigint,
    report jsonb,
    sip_seen_at timestamptz,
    sip jsonb
);

-- What staff should know of. Ids are change numbers. Kept for 30 days and 1,000 rows, whichever is less.
create table fleet_events (
    id bigint primary key,
    source uuid unique,
    terminal text not null,
    at timestamptz not null,
    kind text not null,
    detail text not null
);
