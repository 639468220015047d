-- What was agreed with a municipality: a partner that is no member, or a member that joins or leaves on a day. Without a
-- row a municipality takes part without limits. Owned by the package consortium. Deleted by the consortium's staff; the
-- record of settings keeps it.
create table agreements (
    municipality text    primary key references municipalities on delete cascade,
    -- Both days included, local time; null for since ever and for good.
    valid_from   date,
    valid_until  date,
    -- How many things may be on loan at once, from it and to it together; null for no limit.
    most_loans   integer check (most_loans between 0 and 999999),
    -- Cents for each loan and each hold; 0 for none.
    loan_fee     integer not null default 0 check (loan_fee between 0 and 99999),
    hold_fee     integer not null default 0 check (hold_fee between 0 and 99999),
    holds        boolean not null default true,
    check (valid_from <= valid_until)
);

-- To whom a fee is owed. Null in rows of a gateway of an earlier version: then to the owner of the item, or to the
-- municipality of the card.
alter table fees add column creditor text references municipalities;
-- The loan that the fee was made with, so that it goes when the loan is taken back.
alter table fees add column loan bigint;

-- How much of a payment was for whom. Goes with the payment.
create table payment_parts (
    payment  bigint         not null references payments on delete cascade,
    fee      bigint         not null,
    creditor text           not null references municipalities,
    amount   numeric(10, 2) not null check (amount > 0),
    primary key (payment, fee)
);
