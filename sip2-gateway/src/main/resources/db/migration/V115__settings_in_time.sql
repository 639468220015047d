-- Values that hold from a later date. A table of its own, since a gateway of an earlier version knows of no dates and
-- would take a row of the table settings for a value that holds. On its day whichever gateway looks first moves the value
-- to settings, with a line in the record; until then gateways of this version read it from here. Owned by the package
-- consortium. A row goes when it is moved, or when somebody takes it back.
create table setting_plans (
    scope_kind text        not null check (scope_kind in ('CONSORTIUM', 'MUNICIPALITY', 'BRANCH', 'DEVICE')),
    scope      text        not null,
    key        text        not null,
    -- From the beginning of this day, local time.
    holds_from date        not null,
    -- Null: from then on the place inherits again.
    value      text,
    who        text        not null,
    note       text        not null default '' check (length(note) <= 500),
    planned_at timestamptz not null,
    primary key (scope_kind, scope, key, holds_from),
    check ((scope_kind = 'CONSORTIUM') = (scope = ''))
);

-- Settings that the consortium alone decides. What municipalities, branches and devices have set is kept and does not
-- hold while the row is there. A gateway of an earlier version knows of none. A row goes when somebody unlocks the setting.
create table setting_locks (
    key       text primary key,
    who       text        not null,
    locked_at timestamptz not null,
    why       text        not null default '' check (length(why) <= 500)
);

-- Why it was changed, in the words of whoever changed it.
alter table setting_changes add column note text not null default '';
