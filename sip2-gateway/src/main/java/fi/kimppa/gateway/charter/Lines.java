package fi.kimppa.gateway.charter;

import java.util.Arrays;
import java.util.Map;

/** Where in the file something stands. */
record Lines(Map<String, Integer> byPath) {
    /** Takes a copy. */
    Lines {
        byPath = Map.copyOf(byPath);
    }

    /** The line of an attribute, else of its row, else of its section; 0 if nothing of it is there. */
    int of(String section, String row, String attribute) {
        Integer line = byPath.get(path(section, row, attribute));
        if (line == null) {
            line = byPath.get(path(section, row));
        }
        return line == null ? of(section) : line;
    }

    /** The line of a section; 0 if it is not there. */
    int of(String section) {
        return byPath.getOrDefault(section, 0);
    }

    /** What is meant, as people read it. */
    static String path(String... steps) {
        return String.join(
                ".", Arrays.stream(steps).filter(step -> !step.isEmpty()).toList());
    }
}
