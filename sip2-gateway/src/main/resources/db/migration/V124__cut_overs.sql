-- A municipality that changes its library system. How far it has come follows from the two moments and from whether it has
-- ended, so that no job has to run when the freeze begins. Never deleted: it says from when which system held. A gateway of an
-- earlier version knows of none: plan one after the last gateway is upgraded. Owned by the package cutover.
create table cut_overs (
    id           bigint primary key generated always as identity,
    municipality text        not null references municipalities,
    from_system  text        not null check (from_system ~ '^[a-z][a-z0-9-]{0,31}$'),
    to_system    text        not null check (to_system ~ '^[a-z][a-z0-9-]{0,31}$'),
    -- From here on nothing is changed in the old system.
    freezes_at   timestamptz not null,
    -- From here on the new system is asked.
    moves_at     timestamptz not null,
    planned_by   text        not null,
    planned_at   timestamptz not null,
    -- Finished: the old system is asked no more. Rolled back: the old system is asked again, or was never left.
    ended        text check (ended in ('FINISHED', 'ROLLED_BACK')),
    ended_by     text,
    ended_at     timestamptz,
    check (from_system <> to_system),
    check (freezes_at < moves_at),
    check ((ended is null) = (ended_at is null) and (ended is null) = (ended_by is null))
);
create unique index one_open_cut_over on cut_overs (municipality) where ended is null;

-- Which number of the old system is which of the new: on cards in wallets and on tags in books. Stays after the cut-over is
-- finished, since those cards and tags stay in use. Deleted by staff before the cut-over. Owned by the package cutover.
create table number_maps (
    cut_over   bigint not null references cut_overs,
    numbers    text   not null check (numbers in ('CARD', 'ITEM')),
    old_number text   not null check (length(old_number) between 1 and 64),
    new_number text   not null check (length(new_number) between 1 and 64),
    primary key (cut_over, numbers, old_number),
    unique (cut_over, numbers, new_number)
);

-- Why lines of the last file of numbers were not, or would not be, taken. Replaced by the next file; deleted when the cut-over
-- ends. Owned by the package moving.
create table number_collisions (
    cut_over   bigint  not null references cut_overs,
    line       integer not null,
    numbers    text    not null,
    old_number text    not null,
    new_number text    not null,
    reason     text    not null,
    primary key (cut_over, line, reason)
);

-- The cut-over under way when a change was heard, and in whose municipality it was made: what waits because of it, and what
-- must be done again when it is rolled back. Goes with the row.
alter table journal add column cut_over bigint references cut_overs;
create index journal_cut_over on journal (cut_over, id) where cut_over is not null;

-- Returns that were done in the new system and were done again in the old one after a roll back. Goes with the row of the
-- journal. Owned by the package circulation.
create table cut_over_replays (
    journal  bigint primary key references journal on delete cascade,
    at       timestamptz not null,
    -- Whether the old system took it.
    accepted boolean     not null
);
