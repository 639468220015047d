-- The consortium's rows of the table by which returned things travel; what holds where there is none is in the program.
-- Changed by the consortium's staff, with the record of settings. A row goes when somebody takes it away; the record keeps
-- it. Owned by the package routing.
create table routing_rules (
    id          bigint  primary key generated always as identity,
    situation   text    not null check (length(situation) between 1 and 32),
    -- Its place among those of its situation; the first that fits holds.
    position    integer not null check (position > 0),
    -- What it asks for; null for everything.
    owner       text references municipalities,
    home        text references branches,
    serving     text references branches,
    collection  text check (length(collection) between 1 and 32),
    media_type  text check (media_type ~ '^[0-9]{3}$'),
    -- What becomes of the thing.
    destination text    not null,
    branch      text references branches,
    alert       text    not null,
    bin         text check (length(bin) between 1 and 4),
    slip        text    not null,
    check ((destination = 'BRANCH') = (branch is not null)),
    unique (situation, position) deferrable initially deferred
);

-- The collection of an item, CR; empty for none. Goes with the item.
alter table items add column collection text not null default '' check (length(collection) <= 32);

-- Whether a return is of a thing that nobody owns: what staff do with it is another thing than with a refused return.
alter table journal add column no_owner boolean not null default false;
