-- How the lines of each terminal ended, by stretches of five minutes: what staff see as the last hour. Nothing in it says
-- who or what it was about. A row goes an hour after its stretch.
create table terminal_counts (
    terminal text not null,
    stretch timestamptz not null,
    outcome text not null,
    times bigint not null check (times > 0),
    primary key (terminal, stretch, outcome)
);
create index terminal_counts_by_time on terminal_counts (stretch);
