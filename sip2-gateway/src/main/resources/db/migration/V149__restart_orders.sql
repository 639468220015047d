-- Staff elsewhere have told a kiosk to start its program anew: any gateway takes an order, any gives it in the answer to the kiosk's
-- report. At most one waits at a kiosk. Kept for 30 days, so that staff see who has started what anew. Owned by the package fleet.
create table restart_orders (
    id         uuid        primary key,
    terminal   text        not null,
    who        text        not null,
    ordered_at timestamptz not null,
    -- The process that has been told; when another one reports, the order is done.
    run        uuid,
    ended_at   timestamptz,
    -- RESTARTED, or EXPIRED where the kiosk was not heard of in time.
    outcome    text        check (outcome in ('RESTARTED', 'EXPIRED'))
);
create unique index restart_orders_waiting on restart_orders (terminal) where outcome is null;
