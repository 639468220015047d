-- Failed tries of whoever presents a secret: PINs at doors, passwords of staff. A subject says what is counted, such
-- as one card, one door, one user or one address; cards stand in it as keyed hashes. Rows go when the window of a try
-- has passed, at the latest a day later.
create table failed_tries (
    subject text not null,
    at timestamptz not null
);
create index failed_tries_by_subject on failed_tries (subject, at);

-- Subjects that must wait. A row goes a day after its end.
create table pauses (
    subject text primary key,
    until timestamptz not null
);
