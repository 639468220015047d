-- Cards that were in order when they were last used at a branch that lends to known cards while the gateway is away. By digest: the number
-- is nowhere in it. A row goes when its card is found not in order, or after the branch's days. Owned by the package offline.
create table known_cards (
    branch  text        not null check (length(branch) between 1 and 10),
    -- The first half of an HMAC under the branch's own key.
    digest  text        not null check (length(digest) = 22),
    seen_at timestamptz not null,
    primary key (branch, digest)
);
create index known_cards_digest on known_cards (digest);
create index known_cards_seen on known_cards (branch, seen_at);
