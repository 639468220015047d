-- Every exchange that changes something, written before it leaves the gateway and after it is answered. Owned by the
-- package circulation. The card, and the answer that names it, are cleared when the row is settled and its retention
-- is over; the row itself is deleted later (settings kimppa.journal.*).
create table journal (
    id               bigint primary key generated always as identity,
    -- Which running gateway opened it: while that one lives it holds an advisory lock on this number.
    gateway          integer     not null,
    backend          text        not null,
    command          text        not null check (command in ('09', '11', '29')),
    state            text        not null check (state in ('OPEN', 'SETTLED', 'UNKNOWN', 'WAITING', 'WITH_STAFF')),
    terminal         text        not null,
    terminal_kind    text        not null,
    branch_code      text        not null,
    institution_id   text        not null,
    card             text,
    item             text        not null,
    -- Repeats are recognised by this text of 18 characters, as it came.
    transaction_date text        not null check (length(transaction_date) = 18),
    no_block         boolean     not null,
    cancel           boolean     not null,
    fee_acknowledged boolean     not null,
    -- The request in SIP2's own form, without any password: what is replayed.
    request          text,
    -- The answer in SIP2's own form.
    response         text,
    ok               boolean,
    opened_at        timestamptz not null,
    settled_at       timestamptz,
    check ((state = 'SETTLED') = (settled_at is not null)),
    check (state = 'SETTLED' or request is not null)
);

create index journal_repeats on journal (terminal, item, transaction_date);
create index journal_item on journal (item, id);
create index journal_unfinished on journal (state, id) where state <> 'SETTLED';
create index journal_opened on journal (opened_at);
