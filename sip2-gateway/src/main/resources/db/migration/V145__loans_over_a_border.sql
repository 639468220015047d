-- Which things are on loan over the border of a partner by agreement, whatever library system has the loan: how many there are is what the
-- agreement limits. Names no card, only the two municipalities. A row goes when the thing comes back. Owned by the package circulation.
create table border_loans (
    item  text        primary key,
    card  text        not null,
    thing text        not null,
    since timestamptz not null,
    check (card <> thing)
);
