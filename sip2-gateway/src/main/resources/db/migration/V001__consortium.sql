-- Who belongs to the consortium. Owned by the package consortium.

-- One row that says what this database is for, so that demo logins and PINs never come into production.
-- Never deleted.
create table installation (
    one        boolean primary key default true check (one),
    demo       boolean     not null,
    name       text        not null,
    created_at timestamptz not null
);

-- The municipalities that circulate together. Deleted by nobody: a municipality that leaves keeps its history.
create table municipalities (
    code    text primary key check (code ~ '^[A-Z]{1,10}$'),
    name    text    not null,
    isil    text    not null unique check (isil ~ '^FI-'),
    partner boolean not null default false
);

-- Where things are lent and returned. Kept as long as an item or a terminal names it.
create table branches (
    code         text primary key check (code ~ '^[A-Z0-9]{1,10}$'),
    name         text    not null,
    municipality text    not null references municipalities,
    isil         text    not null unique check (isil ~ '^FI-'),
    minimum_age  integer not null default 0 check (minimum_age between 0 and 120),
    phone        text    not null default ''
);

-- Weekly hours; from and length, so that a period may run past midnight. Deleted with the branch or by staff.
create table opening_periods (
    branch_code text    not null references branches on delete cascade,
    day         integer not null check (day between 1 and 7),
    starts      time    not null,
    minutes     integer not null check (minutes between 1 and 1440),
    mode        text    not null check (mode in ('STAFFED', 'SELF_SERVICE')),
    primary key (branch_code, day, starts, mode)
);

-- Machines that may log in; the password is a salted hash. Deleted when a machine is taken out of use.
create table terminals (
    login          text primary key check (length(login) between 1 and 64),
    kind           text not null check (kind in ('KIOSK', 'DOOR', 'SORTER', 'DESK')),
    branch_code    text not null references branches,
    institution_id text not null,
    password       text not null
);

-- Which bin a returned item goes to; a row without a branch holds for all that have none of their own.
-- Deleted when a branch's bins change.
create table sort_bins (
    branch_code text references branches on delete cascade,
    situation   text not null check (situation in ('STAYS_HERE', 'TRANSPORT', 'HOLD_HERE', 'STAFF', 'UNPROCESSED')),
    bin         text not null check (length(bin) between 1 and 4),
    unique nulls not distinct (branch_code, situation)
);

insert into sort_bins (situation, bin)
values ('STAYS_HERE', '1'), ('TRANSPORT', '3'), ('HOLD_HERE', '5'), ('STAFF', '9'), ('UNPROCESSED', '9');
