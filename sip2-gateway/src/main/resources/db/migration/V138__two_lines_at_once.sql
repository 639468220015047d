-- The link of the line before the last, where two lines were added in one step: the first of the two takes it from here.
alter table journal_chain_ends add column before bytea;
