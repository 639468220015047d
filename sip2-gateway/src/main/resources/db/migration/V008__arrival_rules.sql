-- Whose terminal profile a SIP2 connection has before its login. Owned by the package sip. A row goes when somebody
-- takes the rule away; the record of changes keeps it.
create table arrival_rules (
    sign       text not null check (sign in ('PORT', 'CERTIFICATE', 'SUBNET')),
    pattern    text not null check (length(pattern) between 1 and 512),
    scope_kind text not null check (scope_kind in ('CONSORTIUM', 'MUNICIPALITY', 'BRANCH', 'DEVICE')),
    scope      text not null,
    primary key (sign, pattern)
);
