-- Files that staff bring into the embedded store, and how far each has got, so that any gateway can go on with it and
-- show it. Owned by the package backend.embedded.exchange.

-- One row for each file. Who began it, and with what policy, stands in setting_changes, which stays. Deleted by staff, or
-- days after its end (kimppa.exchange.keep); one that nobody confirms is deleted after as long.
create table imports (
    id          bigint primary key generated always as identity,
    kind        text        not null check (kind in ('PATRONS', 'ITEMS', 'MARC', 'LOANS', 'HOLDS', 'FEES')),
    file        text        not null check (length(file) <= 200),
    -- Name of the rules for fields of holdings; empty for other kinds.
    holdings    text        not null,
    overwrite   boolean     not null,
    state       text        not null
        check (state in ('UPLOADING', 'READING', 'CHECKED', 'WRITING', 'DONE', 'UNREADABLE', 'FAILED')),
    who         text        not null,
    started_at  timestamptz not null,
    ended_at    timestamptz,
    -- The key under which the pieces of the file are kept while it is being read: there are PINs in it. Null afterwards.
    key         bytea,
    bytes       bigint      not null default 0,
    bytes_read  bigint      not null default 0,
    -- The last row that was read, or written: the line or record, and which of its things.
    at_record   bigint      not null default 0,
    at_part     integer     not null default 0,
    -- Rows of the file; how many of them can be written.
    read        bigint      not null default 0,
    usable      bigint      not null default 0,
    -- What became of them, or would: new, changed, the same already, left because of the policy, refused.
    added       bigint      not null default 0,
    changed     bigint      not null default 0,
    same        bigint      not null default 0,
    skipped     bigint      not null default 0,
    refused     bigint      not null default 0
);

-- The file in pieces, encrypted. Deleted when it has been read.
create table import_pieces (
    import bigint  not null references imports on delete cascade,
    number integer not null,
    bytes  bytea   not null,
    primary key (import, number)
);

-- What was read and can be written: texts by column, a PIN as its hash. Deleted when it is written.
create table import_rows (
    import  bigint  not null references imports on delete cascade,
    record  bigint  not null,
    part    integer not null,
    key     text    not null,
    texts   jsonb   not null,
    verdict text    not null,
    primary key (import, record, part),
    unique (import, key)
);

-- Which copies of the file are of the same title.
create index import_rows_titles on import_rows (import, (texts ->> 'title_number')) where texts ? 'title_number';

-- What staff must know of the file's rows: collisions, unknown branches, broken records. Goes with the import.
create table import_findings (
    import bigint  not null references imports on delete cascade,
    id     bigint generated always as identity,
    record bigint  not null,
    field  text    not null,
    why    text    not null,
    said   text    not null,
    here   text    not null,
    primary key (import, id)
);
