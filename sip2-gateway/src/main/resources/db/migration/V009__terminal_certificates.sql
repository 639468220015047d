-- Client certificates of terminals, for listeners that ask for one. A row names either a certificate by its
-- fingerprint, which is accepted whoever signed it, or a subject's CN, which counts if one of the listener's
-- authorities signed the certificate. Without a row a signed certificate belongs to the terminal whose login its CN is.
-- Deleted with the terminal, or when a certificate is taken out of use; the next connection knows it no more.
create table terminal_certificates (
    terminal    text not null references terminals on delete cascade,
    sha256      text unique check (sha256 ~ '^[0-9a-f]{64}$'),
    common_name text unique check (length(common_name) between 1 and 64),
    check (num_nonnulls(sha256, common_name) = 1)
);
