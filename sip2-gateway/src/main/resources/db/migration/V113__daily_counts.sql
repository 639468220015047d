-- How much was done on a day, where, for whose residents and with whose things. Names no patron and no thing, so it is never
-- deleted. Written by the job that folds what was counted. Owned by the package statistics.
create table daily_counts (
    -- Of the place where all branches are.
    day    date   not null,
    kind   text   not null check (kind in ('LOAN', 'RETURN', 'RENEWAL')),
    -- The branch that served.
    branch text   not null,
    -- The municipality of the card; '' where no number rule knows it, and for returns, which know no patron.
    home   text   not null,
    -- The municipality of the thing; '' where nobody can tell.
    owner  text   not null,
    -- The branch that a returned thing goes on to; '' if it stays.
    onward text   not null,
    times  bigint not null,
    primary key (day, kind, branch, home, owner, onward)
);

-- The same, one row for each change that was done, written in its transaction: rows are only added there, so that no two
-- changes wait for each other. Folded into daily_counts and deleted within minutes. What was taken back counts -1.
create table counted (
    day    date    not null,
    kind   text    not null check (kind in ('LOAN', 'RETURN', 'RENEWAL')),
    branch text    not null,
    home   text    not null,
    owner  text    not null,
    onward text    not null,
    times  integer not null check (times <> 0)
);

-- What is read: at every moment the sum over both tables is exact, since a fold is one transaction.
create view all_counts as
select day, kind, branch, home, owner, onward, times from daily_counts
union all
select day, kind, branch, home, owner, onward, times from counted;

-- How many live there, for sharing costs; null where nobody has said.
alter table municipalities add column population integer check (population >= 0);
