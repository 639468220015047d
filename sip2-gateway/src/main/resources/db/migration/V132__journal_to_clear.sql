-- What the hourly clearing looks for: settled rows that still name somebody. Without it the whole journal is read each hour.
create index journal_to_clear on journal (settled_at)
    where state = 'SETTLED' and (card is not null or request is not null or response is not null);
