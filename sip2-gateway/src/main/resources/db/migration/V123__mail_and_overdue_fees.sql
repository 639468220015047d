-- Notices by e-mail, each once. Owned by the package mail.

-- A mail to one patron, and what became of it. Neither address nor text is ever kept: both are made from the store at the moment of
-- sending. The card goes when the mail is settled; FAILED keeps it, so that staff can try again. Deleted kimppa.mail.keep after it
-- was settled.
create table mail_outbox (
    id         bigint primary key generated always as identity,
    kind       text        not null check (kind in ('DUE_SOON', 'OVERDUE', 'HOLD_READY')),
    -- OVER: when it should go, nothing of it was true any more.
    state      text        not null check (state in ('QUEUED', 'SENDING', 'SENT', 'FAILED', 'OVER')),
    card       text,
    -- The local day of the queueing, for counting.
    day        date        not null,
    -- The same at every try, so that a mail system that gets it twice can see that.
    message_id text        not null unique,
    -- How often it was taken to be sent. Says, too, whose a SENDING row is: who took it later has a higher number.
    tries      integer     not null default 0,
    next_at    timestamptz not null,
    -- After this it is not tried again by itself.
    until      timestamptz not null,
    -- Who sends it (process and host), and since when by the database's clock, which other gateways can compare with.
    worker     text        not null default '',
    claimed_at timestamptz,
    -- Why it did not go at the last try: a code of SMTP, or a word; never a text of the other side, which may name the patron.
    reason     text        not null default '',
    queued_at  timestamptz not null,
    settled_at timestamptz,
    check ((card is null) = (state in ('SENT', 'OVER'))),
    check ((settled_at is not null) = (state in ('SENT', 'FAILED', 'OVER'))),
    check ((claimed_at is not null) = (state = 'SENDING'))
);

create index mail_outbox_next on mail_outbox (next_at) where state in ('QUEUED', 'SENDING');
create index mail_outbox_day on mail_outbox (day);
create index mail_outbox_card on mail_outbox (card) where card is not null;

-- What a mail is about. The key is what makes a notice go once: a loan or hold, and which of its notices. Goes with the mail.
create table mail_notices (
    kind     text   not null,
    -- Number of the loan or the hold.
    subject  bigint not null,
    -- Which reminder: the day that it is about, and for an overdue loan the days since.
    occasion text   not null,
    mail     bigint not null references mail_outbox on delete cascade,
    primary key (kind, subject, occasion)
);

create index mail_notices_mail on mail_notices (mail);

-- The days on which the reminders of loans were looked for, so that one gateway does it. Deleted with the mails.
create table mail_rounds (
    day date primary key,
    at  timestamptz not null
);

-- Loans by their due date, and holds by when they became ready.
create index loans_due on loans (due_at) where returned_at is null;
create index holds_ready on holds (ready_at) where state = 'READY';

-- Of a fee for a loan that was late: the day on which it should have come back, local time. A loan has one such fee for each of its
-- due dates.
alter table fees add column due_on date;
create unique index one_overdue_fee on fees (loan, due_on) where fee_type = '04';
