-- Before anything is done with a thing, the returns of it that wait are looked for. Without this all returns that wait are read for
-- that, and they are many while a library system is silent for hours.
create index journal_waiting on journal (item) where state = 'WAITING';
