-- When a change was opened and when it last moved, by the database's clock: the clocks of several gateways may differ, and what is
-- compared between them needs one that is the same for all. Empty in rows of before. Both go with their row.
alter table journal add column heard_at timestamptz;
alter table journal alter column heard_at set default clock_timestamp();
alter table journal add column moved_at timestamptz;
