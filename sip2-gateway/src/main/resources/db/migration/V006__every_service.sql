-- What the embedded backend needs to serve every command.

-- Cards that a machine has blocked (01) until they are enabled again (25): when, where, why, and whether the machine
-- kept the card. For staff. Deleted a month after the card was enabled.
create table card_blocks (
    id          bigint primary key generated always as identity,
    card        text        not null references patrons on delete cascade,
    terminal    text        not null,
    branch_code text        not null references branches,
    message     text        not null,
    retained    boolean     not null,
    blocked_at  timestamptz not null,
    enabled_at  timestamptz
);

create index card_blocks_open on card_blocks (card) where enabled_at is null;

-- What a machine has said of an item (CH of a 19); empty when nothing was.
alter table items add column properties text not null default '';

-- A hold for the copies of one branch (BY 4), and the moment at which a hold that still waits lapses (BW).
alter table holds add column copies_of text references branches;
alter table holds add column expires_at timestamptz;

-- How much of a fee is paid; paid_at is set when all of it is.
alter table fees add column paid numeric(10, 2) not null default 0 check (paid >= 0 and paid <= amount);

-- What was paid at a machine. Two with the same transaction id, card, fee and amount from one terminal are the same
-- payment. Deleted a month later.
create table payments (
    id             bigint primary key generated always as identity,
    card           text           not null references patrons on delete cascade,
    terminal       text           not null,
    -- BK; empty when the machine gave none.
    transaction_id text           not null,
    -- CG, one fee; null when the oldest were paid.
    fee            bigint,
    amount         numeric(10, 2) not null check (amount > 0),
    payment_type   text           not null,
    paid_at        timestamptz    not null
);

create index payments_repeats on payments (terminal, transaction_id);

-- What an item, its loan and its hold were before its last loan (11) or return (09), so that a machine can take that
-- back (BI). One row per item; deleted by the next change and after a day.
create table undo (
    item        text primary key references items on delete cascade,
    command     text        not null check (command in ('09', '11')),
    terminal    text        not null,
    at          timestamptz not null,
    branch      text        not null,
    destination text,
    -- The open loan, and the holds that had caught the item, as rows.
    loan        jsonb,
    holds       jsonb       not null
);

create index undo_at on undo (at);

-- A hold names a title by its text.
create index titles_title on titles (title);
