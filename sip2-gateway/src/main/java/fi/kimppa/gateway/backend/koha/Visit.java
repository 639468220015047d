package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What one request of a terminal asks of Koha, as the user of its branch and within one deadline.
 *
 * @param terminal where the request came from
 * @param client whose rights and branch apply
 * @param language of the patron
 * @param deadline for all calls together
 */
record Visit(Terminal terminal, ApiClient client, Language language, Deadline deadline) {
    /** Koha gives 20 rows where nobody says how many. */
    private static final int PAGE = 100;

    /** Nobody has so many loans; whoever asks further is led in circles. */
    private static final int PAGES = 20;

    /** Sends it, and a no is an answer. */
    Answer exchange(Call call) {
        return client.exchange(call, deadline, Set.of());
    }

    /** The same, where these statuses are a no as well. */
    Answer exchange(Call call, Set<Integer> alsoNo) {
        return client.exchange(call, deadline, alsoNo);
    }

    /** Reads, where nothing but a yes makes sense. */
    JsonNode read(Call call) {
        Answer answer = exchange(call);
        return answer.json().filter(_ -> answer.ok()).orElseThrow(() -> senseless(call, answer));
    }

    /** Reads what Koha may not know, or what its user may not see: then empty. */
    Optional<JsonNode> readIfAllowed(Call call) {
        Answer answer = exchange(call);
        return switch (answer.status()) {
            case 403, 404, 405, 406 -> Optional.empty();
            default -> Optional.of(answer.json().filter(_ -> answer.ok()).orElseThrow(() -> senseless(call, answer)));
        };
    }

    /** Reads all rows of a list. */
    List<JsonNode> list(Call call) {
        return all(call, read(page(call, 1)));
    }

    /** Reads all rows of a list; empty if this user may not see it. */
    Optional<List<JsonNode>> listIfAllowed(Call call) {
        return readIfAllowed(page(call, 1)).map(first -> all(call, first));
    }

    private List<JsonNode> all(Call call, JsonNode first) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode found = first;
        found.forEach(rows::add);
        for (int page = 2; found.size() == PAGE && page <= PAGES; page++) {
            found = read(page(call, page));
            found.forEach(rows::add);
        }
        return rows;
    }

    private static Call page(Call call, int page) {
        return call.query("_page", Integer.toString(page)).query("_per_page", Integer.toString(PAGE));
    }

    /** The answer that there is no sense in: a right that is missing, a parameter that this release does not know. */
    BackendSilentException senseless(Call call, Answer answer) {
        return new BackendSilentException(
                "Koha answered " + answer + " to " + call + " of branch " + terminal.branchCode(),
                !call.changes() || !answer.ok(),
                new IOException("look at the rights of its user and at its release"));
    }

    /** What Koha says of a no; empty where it says nothing. For tables and logs, never for patrons. */
    static String error(Answer answer) {
        return answer.json().map(body -> body.path("error").asString("")).orElse("");
    }
}
