package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One reason of a refusal ({@code errors[]}, mod-circulation : ramls/extended-error.json). Prints without message and
 * values: FOLIO writes names and card numbers into them.
 *
 * @param code an ErrorCode of FOLIO; many refusals have none
 * @param message English text, by which a refusal without a code is recognised
 * @param keys what the refusal is about, such as {@code userBarcode}
 */
record Problem(Optional<String> code, String message, Set<String> keys) {
    /** What a 4xx says: at least one problem, if only its status. */
    static List<Problem> of(Answer refusal) {
        List<Problem> problems = refusal.json()
                .map(body -> Stream.concat(
                                Json.list(body, "errors").stream().map(Problem::of),
                                Json.text(body, "errorMessage").stream()
                                        .map(message -> new Problem(Optional.empty(), message, Set.of())))
                        .toList())
                .orElse(List.of());
        return problems.isEmpty()
                ? List.of(new Problem(Optional.of("HTTP_" + refusal.status()), "", Set.of()))
                : problems;
    }

    private static Problem of(JsonNode error) {
        return new Problem(
                Json.text(error, "code"),
                Json.text(error, "message").orElse(""),
                Json.list(error, "parameters").stream()
                        .flatMap(parameter -> Json.text(parameter, "key").stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public String toString() {
        return code.orElse("no code") + (keys.isEmpty() ? "" : " about " + String.join(", ", keys));
    }
}
