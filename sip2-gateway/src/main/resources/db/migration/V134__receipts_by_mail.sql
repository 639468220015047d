-- Receipts that patrons asked for by e-mail at a kiosk, in the outbox of the notices. Owned by the package mail.

alter table mail_outbox drop constraint mail_outbox_kind_check;
alter table mail_outbox add constraint mail_outbox_kind_check
    check (kind in ('DUE_SOON', 'OVERDUE', 'HOLD_READY', 'RECEIPT'));

-- What such a mail says: the kiosk alone knows that. No address is ever in it; it is asked for at the moment of sending. Goes with the mail.
create table mail_receipts (
    mail     bigint      primary key references mail_outbox on delete cascade,
    -- The kiosk, and the number that it has made for this receipt: the same receipt handed over again makes no second mail.
    terminal text        not null,
    number   uuid        not null,
    -- Where it stands. Its municipality is the sender, and says where to begin to ask for the address.
    branch   text        not null,
    language text        not null,
    -- What would have been printed. Null as soon as the mail has gone, or will not go.
    body     text,
    -- The card's keyed hash, so that nobody gets receipts by the dozen. Null after a day.
    reader   text,
    asked_at timestamptz not null,
    unique (terminal, number)
);

create index mail_receipts_asked on mail_receipts (asked_at);
