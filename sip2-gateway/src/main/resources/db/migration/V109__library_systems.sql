-- Which library system each municipality runs; null for the common one (kimppa.circulation.backend). Its address and
-- its secrets are in the gateway's configuration, under this name.
alter table municipalities add column library_system text check (library_system ~ '^[a-z][a-z0-9-]{0,31}$');

-- Which municipality a card or an item belongs to by its number. Changed by the consortium's staff; deleted when a
-- municipality leaves.
create table number_rules (
    numbers      text not null check (numbers in ('CARD', 'ITEM')),
    pattern      text not null check (pattern ~ '^[^*]{1,64}\*?$'),
    municipality text not null references municipalities,
    primary key (numbers, pattern)
);

-- Null while nobody can say which system a return is for, because one of several is silent.
alter table journal alter column backend drop not null;

drop index journal_unfinished;
create index journal_unfinished on journal (state, backend, id) where state <> 'SETTLED';
