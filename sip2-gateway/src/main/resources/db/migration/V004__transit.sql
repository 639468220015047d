-- What travels between branches and is expected where. Owned by the package transit. Deleted a month after arrival.
create table transits (
    id          bigint primary key generated always as identity,
    item        text        not null,
    origin      text        not null references branches,
    destination text        not null references branches,
    sent_at     timestamptz not null,
    arrived_at  timestamptz
);

-- An item travels to one place at a time.
create unique index one_open_transit_per_item on transits (item) where arrived_at is null;
create index transits_expected on transits (destination) where arrived_at is null;
