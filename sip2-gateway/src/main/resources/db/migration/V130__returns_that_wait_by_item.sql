-- Each loan and each return asks whether returns of the same thing wait: one probe, however many there are of other things.
create index journal_returns_wait on journal (item) where state = 'WAITING';
