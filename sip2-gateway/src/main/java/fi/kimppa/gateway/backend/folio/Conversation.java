package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Answer;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.backend.http.Deadline;
import fi.kimppa.gateway.backend.http.HttpLink;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The calls that one request of a terminal needs, under one deadline. A call that is refused for its token (401) was
 * certainly not carried out, and is sent once more under a new one; nothing else is ever sent twice.
 */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;

    /** How mod-login says that user name and password do not fit. */
    private static final Set<Integer> NOT_THEIRS = Set.of(UNAUTHORIZED, NOT_FOUND, UNPROCESSABLE);

    private final String name;
    private final String tenant;
    private final HttpLink link;
    private final Tokens tokens;
    private final Deadline deadline;

    Conversation(String name, String tenant, HttpLink link, Tokens tokens, Deadline deadline) {
        this.name = name;
        this.tenant = tenant;
        this.link = link;
        this.tokens = tokens;
        this.deadline = deadline;
    }

    /** What FOLIO says to a change. */
    sealed interface Said {
        /**
         * Yes.
         *
         * @param body as it came; a missing node where there was none
         */
        record Done(JsonNode body) implements Said {}

        /** No, and nothing was done. */
        record Refused(List<Problem> problems) implements Said {}
    }

    /**
     * What a question is answered.
     *
     * @throws BackendSilentException if it is not answered with a yes
     */
    JsonNode read(Call question) {
        Answer answer = exchange(question);
        if (!answer.ok() || answer.json().isEmpty()) {
            throw nonsense(question, answer);
        }
        return answer.json().get();
    }

    /** The same; empty where there is no such thing (404). */
    Optional<JsonNode> find(Call question) {
        Answer answer = exchange(question);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.ok() || answer.json().isEmpty()) {
            throw nonsense(question, answer);
        }
        return answer.json();
    }

    /** What several questions are answered, asked side by side; if one is not, the whole is not. */
    List<JsonNode> readAll(List<Call> questions) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> asked = questions.stream()
                    .map(question -> threads.submit(() -> read(question)))
                    .toList();
            List<JsonNode> answers = new ArrayList<>();
            for (Future<JsonNode> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendBusyException(name + ": interrupted while several questions were under way");
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case BackendSilentException silent -> silent;
                case BackendBusyException busy -> busy;
                case null, default -> new IllegalStateException(name + ": a question failed", e);
            };
        }
    }

    /**
     * Whether something is right: yes (2xx), or no (422).
     *
     * @throws BackendSilentException if neither is said
     */
    boolean confirms(Call question) {
        Answer answer = exchange(question.reading());
        if (!answer.ok() && answer.status() != UNPROCESSABLE) {
            throw nonsense(question, answer);
        }
        return answer.ok();
    }

    /** Whether these are somebody's own user name and password; the tokens are thrown away. */
    boolean logsIn(String user, char[] password) {
        Call question = Tokens.logIn(tenant, user, password);
        Answer answer = link.exchange(question, deadline);
        if (!answer.ok() && !NOT_THEIRS.contains(answer.status())) {
            throw nonsense(question, answer);
        }
        return answer.ok();
    }

    /**
     * What a change is answered.
     *
     * @throws BackendSilentException if nobody can know what was done, or, if it says so, when nothing was
     */
    Said write(Call change) {
        Answer answer = exchange(change);
        if (answer.ok()) {
            return new Said.Done(answer.json().orElseGet(JsonNodeFactory.instance::missingNode));
        }
        List<Problem> problems = Problem.of(answer);
        LOG.info("{}: {} was refused with {}: {}", name, change, answer.status(), problems);
        if (problems.stream().allMatch(problem -> ErrorCode.of(problem).isEmpty())) {
            LOG.warn("{}: nobody knows what {} means; the patron was sent to the staff", name, problems);
        }
        return new Said.Refused(problems);
    }

    private Answer exchange(Call call) {
        String token = tokens.access(deadline);
        Answer answer = link.exchange(dressed(call, token), deadline);
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        tokens.rejected(token);
        Answer again = link.exchange(dressed(call, tokens.access(deadline)), deadline);
        if (again.status() == UNAUTHORIZED) {
            throw new BackendSilentException(
                    name + ": " + call + " was answered 401 right after a log-in",
                    true,
                    new IOException("not authorized"));
        }
        return again;
    }

    private Call dressed(Call call, String token) {
        return call.header(Tokens.TENANT, tenant).header("x-okapi-token", token);
    }

    private BackendSilentException nonsense(Call call, Answer answer) {
        return new BackendSilentException(
                name + ": " + call + " was answered " + answer.status(), true, new IOException("an unusable answer"));
    }
}
