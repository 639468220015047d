package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.backend.koha.KohaSettings.Client;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/**
 * The user of Koha as whom a branch speaks (OAuth2 client credentials). Its token is kept until shortly before it expires,
 * and replaced once when Koha does not know it any more. May be used by several threads.
 */
final class ApiClient {
    private static final Duration BEFORE_IT_EXPIRES = Duration.ofSeconds(30);

    private final String branch;
    private final Client client;
    private final HttpLink link;
    private final Clock clock;
    private final ReentrantLock one = new ReentrantLock();
    private Optional<Token> token = Optional.empty();

    private record Token(String text, Instant until) {}

    ApiClient(String branch, Client client, HttpLink link, Clock clock) {
        this.branch = branch;
        this.client = client;
        this.link = link;
        this.clock = clock;
    }

    /** The branch of this user in Koha's code. */
    String library() {
        return client.library(branch);
    }

    /** Sends a call; one that was not let in (401) was not looked at, so it is sent again with a new token. */
    Answer exchange(Call call, Deadline deadline, Set<Integer> alsoNo) {
        Token first = token(Optional.empty(), deadline);
        Answer answer = link.exchange(with(first, call), deadline, alsoNo);
        return answer.status() == 401
                ? link.exchange(with(token(Optional.of(first), deadline), call), deadline, alsoNo)
                : answer;
    }

    private static Call with(Token token, Call call) {
        return call.header("Authorization", "Bearer " + token.text);
    }

    /** A token that is good, and not the one that was refused. */
    private Token token(Optional<Token> refused, Deadline deadline) {
        one.lock();
        try {
            Optional<Token> kept = token.filter(known -> clock.instant().isBefore(known.until))
                    .filter(known -> refused.filter(known::equals).isEmpty());
            Token good = kept.orElseGet(() -> fetch(deadline));
            token = Optional.of(good);
            return good;
        } finally {
            one.unlock();
        }
    }

    private Token fetch(Deadline deadline) {
        Call call = Call.post("oauth", "token")
                .form(Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        client.id(),
                        "client_secret",
                        new String(client.secret().reveal())))
                .reading();
        Answer answer = link.exchange(call, deadline);
        JsonNode body = answer.json().filter(_ -> answer.ok()).orElseThrow(() -> refused(answer));
        String text = body.path("access_token").asString("");
        if (text.isEmpty()) {
            throw refused(answer);
        }
        Duration life = Duration.ofSeconds(body.path("expires_in").asLong(60));
        return new Token(text, clock.instant().plus(life).minus(BEFORE_IT_EXPIRES));
    }

    private BackendSilentException refused(Answer answer) {
        return new BackendSilentException(
                "Koha gives no token to the client of branch " + branch + " (status " + answer + ")",
                true,
                new IOException("kimppa.backends.koha.*.clients." + branch));
    }
}
