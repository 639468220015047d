-- When a machine says that it lent the item, by its own clock. A return that waited is compared with it: our clock when the loan was
-- written may have been wrong. Empty where the machine's date said nothing, and in rows of before.
alter table loans add column said_at timestamptz;
