-- Who may see and do what on the staff's pages. Passwords are Argon2id hashes. A row goes when
-- somebody leaves.
create table staff (
    name text primary key check (name = lower(name)),
    password text not null,
    role text not null check (role in ('STAFF', 'ADMIN')),
    created_at timestamptz not null
);
