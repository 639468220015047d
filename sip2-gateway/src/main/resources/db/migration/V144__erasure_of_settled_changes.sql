-- A settled change names the card for days (kimppa.journal.names). Whoever asks for erasure is not to wait for that: such a row is cleared
-- as soon as no repeat of it may come any more. Goes with its row.
alter table journal add column erasure_asked boolean not null default false;
create index journal_erasure on journal (settled_at) where erasure_asked;
