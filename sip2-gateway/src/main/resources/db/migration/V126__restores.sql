-- That the database was filled from a backup. Kept for good: it explains what is missing.
create table restores (
    id          bigint primary key generated always as identity,
    -- The moment of which everything was.
    taken_at    timestamptz not null,
    restored_at timestamptz not null
);

-- A change that had no end when the backup was taken, and that may have ended since in a library system elsewhere.
alter table journal add column restored boolean not null default false;
