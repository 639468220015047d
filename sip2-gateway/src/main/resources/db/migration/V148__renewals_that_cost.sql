-- Cents for each renewal of a loan over the border; 0 for none. A gateway of an earlier version renews for nothing.
alter table agreements
    add column renewal_fee integer not null default 0 check (renewal_fee between 0 and 99999);
