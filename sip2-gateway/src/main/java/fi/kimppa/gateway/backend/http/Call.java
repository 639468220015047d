package fi.kimppa.gateway.backend.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One question to a library system. Prints as its method and the words of its path, without numbers, parameters and
 * body: what identifies somebody never gets into a log.
 *
 * @param method GET, POST, PUT or DELETE
 * @param path segments after the base address, unencoded
 * @param query parameters, unencoded, in order
 * @param headers beside those that every call has
 * @param body what is sent
 * @param changes whether something may be different afterwards, so that the outcome of a lost one is unknown
 */
public record Call(String method, List<String> path, List<Pair> query, List<Pair> headers, Body body, boolean changes) {
    /** A name and its value; a parameter or a header. */
    public record Pair(String name, String value) {}

    /** What is sent. */
    public sealed interface Body {
        /** No body. */
        record Nothing() implements Body {}

        /**
         * JSON.
         *
         * @param value a map, a list or a tree; characters of a secret may stand in it as an array
         */
        record Json(Object value) implements Body {}

        /** {@code application/x-www-form-urlencoded}. */
        record Form(List<Pair> fields) implements Body {}
    }

    /** Takes copies of the lists. */
    public Call {
        path = List.copyOf(path);
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    /** A read. */
    public static Call get(String... path) {
        return of("GET", path);
    }

    /** A change, unless {@link #reading} says otherwise. */
    public static Call post(String... path) {
        return of("POST", path);
    }

    /** A change. */
    public static Call put(String... path) {
        return of("PUT", path);
    }

    /** A change. */
    public static Call delete(String... path) {
        return of("DELETE", path);
    }

    private static Call of(String method, String... path) {
        return new Call(method, List.of(path), List.of(), List.of(), new Body.Nothing(), !method.equals("GET"));
    }

    /** The same with one more parameter. */
    public Call query(String name, String value) {
        return new Call(method, path, with(query, name, value), headers, body, changes);
    }

    /** The same with one more header. */
    public Call header(String name, String value) {
        return new Call(method, path, query, with(headers, name, value), body, changes);
    }

    /** The same with this as JSON. */
    public Call json(Object value) {
        return new Call(method, path, query, headers, new Body.Json(value), changes);
    }

    /** The same with these fields as a form. */
    public Call form(Map<String, String> fields) {
        List<Pair> pairs = fields.entrySet().stream()
                .map(field -> new Pair(field.getKey(), field.getValue()))
                .toList();
        return new Call(method, path, query, headers, new Body.Form(pairs), changes);
    }

    /** The same, and it changes nothing that anybody would ask about afterwards. */
    public Call reading() {
        return new Call(method, path, query, headers, body, false);
    }

    private static List<Pair> with(List<Pair> pairs, String name, String value) {
        List<Pair> more = new ArrayList<>(pairs);
        more.add(new Pair(name, value));
        return more;
    }

    /** The method and the words of the path: {@code GET patrons/*}. */
    @Override
    public String toString() {
        return method + " "
                + path.stream()
                        .map(segment -> segment.matches("[A-Za-z_-]{1,40}") ? segment : "*")
                        .collect(Collectors.joining("/"));
    }
}
