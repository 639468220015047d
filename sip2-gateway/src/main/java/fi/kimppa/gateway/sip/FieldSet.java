package fi.kimppa.gateway.sip;

import fi.kimppa.sip2.wire.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Coded fields of some or of all messages, as in {@code AE 64:BD 64:BE}: AE of every message, BD and BE of 64.
 *
 * @param entries in the order in which they were written
 */
record FieldSet(List<Entry> entries) {
    /** No field at all. */
    static final FieldSet NONE = new FieldSet(List.of());

    private static final Pattern ENTRY = Pattern.compile("(?:(\\d\\d):)?([A-Z0-9]{2})");

    /**
     * One field.
     *
     * @param message in which message; in all of them if empty
     * @param code the two characters
     */
    record Entry(Optional<MessageType> message, String code) {
        private boolean in(MessageType type) {
            return message.isEmpty() || message.get() == type;
        }
    }

    FieldSet {
        entries = List.copyOf(entries);
    }

    /** Reads entries apart by blanks or commas; empty if one is no entry. */
    static Optional<FieldSet> read(String text) {
        List<Entry> entries = new ArrayList<>();
        for (String word : words(text)) {
            Matcher matcher = ENTRY.matcher(word);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Optional<MessageType> message =
                    Optional.ofNullable(matcher.group(1)).flatMap(MessageType::of);
            if (matcher.group(1) != null && message.isEmpty()) {
                return Optional.empty();
            }
            entries.add(new Entry(message, matcher.group(2)));
        }
        return Optional.of(new FieldSet(entries));
    }

    /** The words of a list that a person has typed. */
    static List<String> words(String text) {
        return Pattern.compile("[\\s,]+")
                .splitAsStream(text.strip())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    String text() {
        return entries.stream()
                .map(entry -> entry.message().map(type -> type.code() + ":").orElse("") + entry.code())
                .collect(Collectors.joining(" "));
    }

    /** Whether it says anything of this message. */
    boolean concerns(MessageType type) {
        return entries.stream().anyMatch(entry -> entry.in(type));
    }

    /** Whether the field of this message is in it. */
    boolean has(MessageType type, String code) {
        return entries.stream().anyMatch(entry -> entry.in(type) && entry.code().equals(code));
    }
}
