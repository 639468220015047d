-- Settings that inherit from the consortium by municipality and branch to the device. Owned by the package consortium.

-- The number of the last change. Gateways ask for it twice a second; its row lock makes changes one after the other.
create table settings_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
insert into settings_version (version) values (0);

-- What is set where. A row goes when somebody decides that its place inherits again, or when its key is retired.
create table settings (
    scope_kind text not null check (scope_kind in ('CONSORTIUM', 'MUNICIPALITY', 'BRANCH', 'DEVICE')),
    scope      text not null,
    key        text not null,
    value      text not null,
    primary key (scope_kind, scope, key),
    check ((scope_kind = 'CONSORTIUM') = (scope = ''))
);

-- Who changed what. Never deleted: it holds staff's names and no patron's data, and a few lines a year.
create table setting_changes (
    id         bigint primary key generated always as identity,
    at         timestamptz not null,
    who        text        not null,
    scope_kind text        not null,
    scope      text        not null,
    key        text        not null,
    old_value  text,
    new_value  text,
    check (old_value is distinct from new_value)
);

create index setting_changes_scope on setting_changes (scope_kind, scope, id);
