-- Every command that changes something is in the journal: 01 block, 15 hold, 19 item properties, 25 enable, 37 payment
-- and 65 renew all besides 09, 11 and 29.
alter table journal drop constraint journal_command_check;
alter table journal add constraint journal_command_check
    check (command in ('01', '09', '11', '15', '19', '25', '29', '37', '65'));

-- What else tells two changes apart: transaction id and amount of a payment, what a hold wants. Cleared with the card.
alter table journal add column detail text not null default '';

-- What the patron owed just before a payment: how its outcome is found out if the answer was lost.
alter table journal add column owed numeric(12, 2);

-- What a change is about: a later one about the same overtakes it, and then it answers no repeat any more. Goes with
-- the card where it names one.
alter table journal add column subject text generated always as (
    case
        when command in ('09', '11', '29') then 'item ' || item
        when command = '19' then 'properties ' || item
        when command = '15' then 'hold ' || card || ' ' || item
        when command = '37' then 'fees ' || card || ' ' || item
        when command = '65' then 'loans ' || card
        else 'card ' || card
    end) stored;

drop index journal_item;
create index journal_subject on journal (subject, id);

-- The date first: other requests of a terminal with the same date show that its clock stands still.
drop index journal_repeats;
create index journal_repeats on journal (terminal, transaction_date, item);
