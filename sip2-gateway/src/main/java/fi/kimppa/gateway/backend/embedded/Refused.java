package fi.kimppa.gateway.backend.embedded;

import java.util.List;

/**
 * Why a patron does not get an item: a key of the message bundle and its parameters.
 *
 * @param key such as {@code item.held}
 * @param parameters of the sentence
 */
record Refused(String key, List<Object> parameters) {
    static Refused because(String key, Object... parameters) {
        return new Refused(key, List.of(parameters));
    }
}
