package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.sip2.Sip2Client.Credentials;
import fi.kimppa.sip2.wire.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A login at the server, under which a branch is known there.
 *
 * @param user CN; empty where the server wants no 93
 * @param password CO
 * @param location CP
 * @param institution AO: for Koha the branch code, by which it knows where something happens
 */
record Account(
        @Nullable String user,
        @Nullable Secret password,
        @Nullable String location,
        String institution) {
    Optional<Credentials> credentials() {
        return user == null || password == null ? Optional.empty() : Optional.of(new Credentials(user, password));
    }
}
