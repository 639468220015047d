-- How the embedded store's patrons are reached, and in which language: for the desk and for notices. Goes with the patron.
alter table patrons add column email    text not null default '' check (length(email) <= 254);
alter table patrons add column phone    text not null default '' check (length(phone) <= 40);
alter table patrons add column language text not null default 'fi' check (language in ('fi', 'sv', 'en', 'se'));
