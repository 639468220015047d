-- What staff have told a staff pad to write onto the one tag that lies there, and what came of it: any gateway takes an order,
-- any gives it in the answer to the terminal's report. At most one waits at a terminal. Kept for 30 days; who has had which tag
-- written stands in desk_changes for longer. Owned by the package fleet.
create table tag_orders (
    id         uuid        primary key,
    terminal   text        not null,
    who        text        not null,
    item       text        not null,
    -- ISIL; empty where the branch has none.
    owner      text        not null,
    part       integer     not null check (part between 1 and parts),
    parts      integer     not null,
    model      text        not null,
    ordered_at timestamptz not null,
    expires_at timestamptz not null,
    -- The process of the terminal that has got it; no other gets it, since that one may have written already.
    run        uuid,
    ended_at   timestamptz,
    -- As the terminal said, or EXPIRED (no terminal has got it) or UNKNOWN (one has, and said nothing).
    outcome    text        check (length(outcome) between 1 and 40),
    uid        text        not null default ''
);
create unique index tag_orders_waiting on tag_orders (terminal) where outcome is null;
create index tag_orders_item on tag_orders (item, ordered_at);
create index tag_orders_who on tag_orders (who, ordered_at);
