-- Wire captures of single terminals. Owned by the package capture.

-- One row for each. A row goes when a member of staff deletes it, or days after its end (kimppa.capture.keep,
-- keep-unmasked). Who asked for it, why, and who took it away stands in setting_changes, which stays.
create table captures (
    id         bigint primary key generated always as identity,
    terminal   text not null,
    masked     boolean not null,
    started_by text not null,
    started_at timestamptz not null,
    ends_at    timestamptz not null,
    ended_at   timestamptz,
    ending     text check (ending in ('TIME', 'STOPPED', 'FULL')),
    -- The key of the stand-ins, for as long as gateways need it: without it nobody gets from a stand-in to a person.
    stand_ins  bytea,
    lines      bigint not null default 0,
    bytes      bigint not null default 0,
    dropped    bigint not null default 0,
    check (ends_at > started_at),
    check ((ended_at is null) = (ending is null)),
    check ((ended_at is null) = (stand_ins is not null))
);
create unique index captures_running on captures (terminal) where ended_at is null;
create index captures_by_terminal on captures (terminal, id);

-- What was said: messages with stand-ins, never as they were on the wire. Goes with its capture.
create table capture_lines (
    capture    bigint not null references captures on delete cascade,
    id         bigint generated always as identity,
    at         timestamptz not null,
    connection bigint not null,
    kind       text not null check (kind in ('OPEN', 'WIRE', 'REQUEST', 'RESPONSE', 'CLOSE')),
    text       text not null,
    primary key (capture, id)
);
