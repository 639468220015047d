-- What was paid to each municipality on each day, for those payments that are not kept any more: municipalities settle after the month is
-- over, and payments name a card. No person is in it. Owned by the package backend.embedded.
create table creditor_days (
    -- By the consortium's own time.
    day      date           not null,
    creditor text           not null references municipalities,
    amount   numeric(12, 2) not null check (amount > 0),
    primary key (day, creditor)
);
