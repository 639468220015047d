-- Who was let in or refused at a door. A granted entry keeps a keyed hash of the card for 14 days (damage inquiries,
-- rescue), a refusal keeps its reason alone for 7; after that both are counts per hour.
create table entry_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    branch_code text not null,
    terminal text not null,
    granted boolean not null,
    reason text not null,
    card_hash text,
    check (granted or card_hash is null)
);
create index entry_log_by_time on entry_log (at);

-- What is left of the log when it is past its keeping: numbers without persons. Kept.
create table entry_counts (
    branch_code text not null,
    hour timestamptz not null,
    reason text not null,
    entries bigint not null,
    primary key (branch_code, hour, reason)
);
