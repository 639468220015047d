package fi.kimppa.gateway.catalogue;

import java.util.stream.Stream;

/** A text for people in the languages of the house; each may be empty. */
record InLanguages(String fi, String sv, String en) {
    /** The same, where a language that has no text has that of the first one that has. */
    InLanguages filled() {
        String any = all().filter(text -> !text.isBlank()).findFirst().orElse("");
        return new InLanguages(fi.isBlank() ? any : fi, sv.isBlank() ? any : sv, en.isBlank() ? any : en);
    }

    /** Whether there is no text in any of them. */
    boolean nothing() {
        return all().allMatch(String::isBlank);
    }

    /** Whether no text is longer, in characters. */
    boolean fits(int longest) {
        return all().allMatch(text -> text.length() <= longest);
    }

    /** The text in a language; Finnish if it is none of ours. */
    String in(String language) {
        return switch (language) {
            case "sv" -> sv;
            case "en" -> en;
            default -> fi;
        };
    }

    private Stream<String> all() {
        return Stream.of(fi, sv, en);
    }
}
