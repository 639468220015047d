-- Who on the staff gave a person what is held about them, or erased it (GDPR Art. 15 and 17), so that it can be shown that it was
-- done. Names no person: the card is a keyed hash. Deleted after two years. Owned by the package privacy.
create table person_requests (
    id        bigint primary key generated always as identity,
    at        timestamptz not null,
    who       text        not null,
    kind      text        not null check (kind in ('ACCESS', 'ERASURE')),
    card_hash text        not null,
    -- How many records were given out or erased.
    records   integer     not null check (records >= 0),
    -- How many could not be erased.
    kept      integer     not null default 0 check (kept >= 0)
);
create index person_requests_at on person_requests (at);
