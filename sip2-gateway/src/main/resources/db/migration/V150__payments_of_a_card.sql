-- What became of a payment is found out by what is owed before and after, less what the same card has paid since.
create index journal_payments on journal (card, id) where command = '37';
