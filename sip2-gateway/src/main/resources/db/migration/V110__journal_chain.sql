-- What became of every change, one line after the other for each terminal. Each line's link covers the line before, so that
-- none can be changed, taken out or put in without every later one telling. Names nobody: the digest is over the content and a
-- salt that stands in the journal's row and is erased with the number. Owned by the package circulation.
create table journal_chain (
    terminal    text        not null,
    number      bigint      not null check (number > 0),
    journal_id  bigint      not null,
    command     text        not null,
    branch_code text        not null,
    -- A return or a loan that takes back another (BI).
    undo        boolean     not null,
    kind        text        not null check (kind in ('OPEN', 'DONE', 'NOT_DONE', 'UNKNOWN', 'WAITING', 'WITH_STAFF',
                                                     'DONE_BY_STAFF', 'NOT_DONE_BY_STAFF')),
    -- Which member of staff decided; empty where nobody did.
    who         text        not null default '',
    at          timestamptz not null,
    digest      bytea       not null check (length(digest) = 32),
    link        bytea       not null check (length(link) = 32),
    primary key (terminal, number)
);
create index journal_chain_row on journal_chain (journal_id, number);
create index journal_chain_opened on journal_chain (at) where kind = 'OPEN';

-- The last line of each terminal; locked while one is added.
create table journal_chain_ends (
    terminal text   primary key,
    number   bigint not null,
    link     bytea  not null
);

-- Erased with the card, the request and the answer; null in rows of gateways of an earlier version.
alter table journal add column salt bytea;
-- Why staff decided so.
alter table journal add column decision_note text not null default '';
create index journal_with_staff on journal (opened_at) where state = 'WITH_STAFF';
