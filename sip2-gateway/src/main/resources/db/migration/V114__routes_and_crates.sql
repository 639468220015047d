-- The carrier's routes: which branches one visits, in which order and on which days. Changed by the consortium's staff, with the
-- record of settings; a row goes when somebody takes the route away. Owned by the package transit.
create table routes (
    id      bigint primary key generated always as identity,
    name    text   not null check (length(name) between 1 and 60),
    carrier text   not null check (length(carrier) <= 60),
    -- Digits of the days on which it runs, 1 for Monday to 7 for Sunday.
    days    text   not null check (days ~ '^[1-7]{1,7}$')
);

create table route_stops (
    route_id    bigint  not null references routes on delete cascade,
    position    integer not null check (position > 0),
    branch_code text    not null references branches,
    primary key (route_id, position)
);

-- A crate on one journey. Its code is made of its id. Owned by the package transit; deleted a month after what was in it has
-- been looked through.
create table crates (
    id          bigint      primary key generated always as identity,
    origin      text        not null references branches,
    destination text        not null references branches,
    opened_at   timestamptz not null,
    -- Nothing more is put into it.
    closed_at   timestamptz,
    -- The carrier has taken it.
    sent_at     timestamptz,
    -- It was scanned where it had to go.
    arrived_at  timestamptz,
    -- What was in it has been looked through: what was not seen by then is missing.
    checked_at  timestamptz,
    check (origin <> destination),
    check (closed_at is not null or sent_at is null),
    check (sent_at is not null or arrived_at is null),
    check (arrived_at is not null or checked_at is null)
);
create unique index one_open_crate on crates (origin, destination) where closed_at is null;
create index crates_under_way on crates (destination) where checked_at is null;

-- What is in a crate, by the item's number and nothing else. Goes with the crate.
create table crate_items (
    crate_id bigint  not null references crates on delete cascade,
    item     text    not null check (item <> ''),
    -- Whether it was put in where the crate was filled; else it was found in it.
    packed   boolean not null,
    seen_at  timestamptz,
    primary key (crate_id, item),
    check (packed or seen_at is not null)
);
create index crate_items_by_item on crate_items (item);
