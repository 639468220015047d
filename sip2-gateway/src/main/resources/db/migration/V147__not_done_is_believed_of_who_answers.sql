-- Since when the library system has answered each question about what became of an unfinished row: one that stood still may carry out
-- what lies in front of it when it goes on, so that "it was not done" is believed only of one that has been answering for a while.
-- Empty where it has not been asked since it may have had the row last, or has not answered. By the database's clock.
alter table journal add column answering_since timestamptz;
