-- Which running gateway is settling an unfinished row, and since when, so that the others leave the row to it. A gateway holds an
-- advisory lock on its number while it lives; of one that has gone, the row is taken over once its call must have ended. Empty while
-- nobody is at it. All moments here are of the database's clock, which is the same for all gateways.
alter table journal add column settler integer;
alter table journal add column settler_since timestamptz;
-- When a library system may have had it last without our having heard what became of it. Empty where it was certainly not sent, and in
-- rows of before; of a row that is OPEN or UNKNOWN, heard_at and moved_at say it too.
alter table journal add column sent_at timestamptz;
-- AH of the loan just before a renewal: how its outcome is found out if the answer was lost. Cleared with the card.
alter table journal add column due_before text;
