package fi.kimppa.sip2.conformance;

import java.util.List;

/** How a conversation ended. */
public sealed interface Result {
    /** As the file says. */
    record Passed() implements Result {}

    /**
     * It was not played, which says nothing about the server.
     *
     * @param reason what it would have needed
     */
    record Skipped(String reason) implements Result {}

    /**
     * It went another way.
     *
     * @param line of the file
     * @param expected that line, with its marks and without anybody's values
     * @param found what came instead, labelled, cards and names masked
     * @param differences what exactly differs; at least one
     * @param conversation everything that was said until then, labelled and masked
     */
    record Differs(int line, String expected, String found, List<String> differences, List<String> conversation)
            implements Result {
        /** Takes copies. */
        public Differs {
            differences = List.copyOf(differences);
            conversation = List.copyOf(conversation);
        }
    }
}
