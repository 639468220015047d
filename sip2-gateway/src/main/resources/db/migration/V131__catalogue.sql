-- The catalogue that patrons search at kiosks, and what is shown beside it. Building the two indexes of titles takes some minutes where there
-- are millions. pg_trgm comes with PostgreSQL (on some systems in a package named contrib) and may be created by a database's owner.
create extension if not exists pg_trgm;

-- What a work is about, in the library's own words with a semicolon between them. Written by imports; may be empty.
alter table titles add column subjects text not null default '';
-- The day on which the desk has taken it into the collection; null for what was imported or came before this column.
alter table titles add column added_on date;
create index titles_added on titles (added_on) where added_on is not null;

-- The words of a text: as they are written, without accents, and by their stems in Finnish and Swedish. Signs between words are no words.
create function text_words(words text) returns tsvector
    language sql immutable strict parallel safe
    return to_tsvector('simple', name_key(translate(words, '-./_:@&', '       ')))
        || to_tsvector('finnish', translate(words, '-./_:@&', '       '))
        || to_tsvector('swedish', translate(words, '-./_:@&', '       '));

-- What a work is found by: A is its title, B its author, C its subjects.
create function title_words(title text, author text, subjects text) returns tsvector
    language sql immutable strict parallel safe
    return setweight(text_words(title), 'A') || setweight(text_words(author), 'B') || setweight(text_words(subjects), 'C');

-- One word that somebody has typed, in the parts of a work that these letters name (all if there are none). From three letters on it may be
-- the beginning of a longer one.
create function word_query(word text, weights text) returns tsquery
    language sql immutable strict parallel safe
    return to_tsquery('simple', name_key(word) || case when length(word) < 3 then '' else ':*' end
                          || case when weights = '' then '' when length(word) < 3 then ':' || weights else weights end)
        || to_tsquery('finnish', word || case when weights = '' then '' else ':' || weights end)
        || to_tsquery('swedish', word || case when weights = '' then '' else ':' || weights end);

create index titles_words on titles using gin (title_words(title, author, subjects));
-- For what is typed with a mistake in it.
create index titles_letters on titles using gin (name_key(title || ' ' || author) gin_trgm_ops);

-- How often a work has got how many stars. Says nothing of who gave them or when. Kept. Owned by the package catalogue.
create table title_ratings (
    -- As the catalogue names it.
    title text    not null check (length(title) between 1 and 200),
    stars integer not null check (stars between 1 and 5),
    votes integer not null check (votes > 0),
    primary key (title, stars)
);

-- Which things have been rated on which day, and how often a terminal has: one vote for a return, and no counting games. Deleted after two
-- days. Owned by the package catalogue.
create table rated_things (
    item     text not null check (length(item) between 1 and 64),
    day      date not null,
    terminal text not null,
    primary key (item, day)
);
create index rated_things_terminal on rated_things (terminal, day);

-- What staff recommend on the kiosks' idle screens, in three languages of which each may be empty but not all. A tip goes thirty days after
-- its last day. Owned by the package catalogue.
create table reading_tips (
    id           bigint      primary key generated always as identity,
    -- Null where it is shown in all municipalities.
    municipality text        references municipalities on delete cascade,
    heading_fi   text        not null default '' check (length(heading_fi) <= 80),
    heading_sv   text        not null default '' check (length(heading_sv) <= 80),
    heading_en   text        not null default '' check (length(heading_en) <= 80),
    text_fi      text        not null default '' check (length(text_fi) <= 400),
    text_sv      text        not null default '' check (length(text_sv) <= 400),
    text_en      text        not null default '' check (length(text_en) <= 400),
    -- As the catalogue names the work; empty where the tip is about none.
    title        text        not null default '' check (length(title) <= 200),
    first_day    date        not null,
    last_day     date        not null,
    who          text        not null,
    entered_at   timestamptz not null,
    check (last_day between first_day and first_day + 366)
);
create index reading_tips_days on reading_tips (last_day);

-- Electronic collections to which a municipality's patrons have access, a tile with a code for their own telephone each. Rows come and go with
-- the consortium's file. Owned by the package catalogue.
create table e_resources (
    code         text    primary key check (code ~ '^[a-z0-9-]{1,32}$'),
    -- Null where it is for all municipalities.
    municipality text    references municipalities on delete cascade,
    place        integer not null default 100 check (place between 0 and 999),
    name_fi      text    not null check (length(name_fi) between 1 and 64),
    name_sv      text    not null default '' check (length(name_sv) <= 64),
    name_en      text    not null default '' check (length(name_en) <= 64),
    address      text    not null check (length(address) between 1 and 300)
);
