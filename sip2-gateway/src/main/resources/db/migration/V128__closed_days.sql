-- Days on which a branch, the branches of a municipality, or all branches (both columns null) do not open, whatever their
-- weekly hours say: due dates move past them, doors stay closed, and where the rules say so they cost nothing. Kept, since what a
-- late loan costs is reckoned by days that are over; a row goes when staff take it back, or with its branch or municipality.
-- A gateway of an earlier version knows of none. Owned by the package consortium.
create table closures (
    id           bigint      primary key generated always as identity,
    municipality text        references municipalities on delete cascade,
    branch       text        references branches on delete cascade,
    first_day    date        not null,
    last_day     date        not null,
    -- For people, in three languages; each may be empty.
    reason_fi    text        not null default '' check (length(reason_fi) <= 200),
    reason_sv    text        not null default '' check (length(reason_sv) <= 200),
    reason_en    text        not null default '' check (length(reason_en) <= 200),
    who          text        not null,
    entered_at   timestamptz not null,
    check (municipality is null or branch is null),
    check (last_day between first_day and first_day + 999),
    unique nulls not distinct (municipality, branch, first_day, last_day)
);
