-- Pictures that staff have brought for their kiosks' front pages and receipts, by the SHA-256 of their bytes: a setting names one by it, and
-- kiosks fetch one by it once. Owned by the package steering. Deleted when another is brought and no setting and no plan has named it for 30 days.
create table kiosk_logos (
    digest     text        primary key check (digest ~ '^[0-9a-f]{64}$'),
    png        bytea       not null,
    width      integer     not null,
    height     integer     not null,
    brought_by text        not null,
    brought_at timestamptz not null
);
