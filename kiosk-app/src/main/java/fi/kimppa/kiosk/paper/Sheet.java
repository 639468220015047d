package fi.kimppa.kiosk.paper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one printout has to say, before it is laid out. Immutable.
 *
 * @param fields texts by name; an empty one is not there
 * @param lists entries by the list's name, each with fields of its own
 */
record Sheet(Map<String, String> fields, Map<String, List<Map<String, String>>> lists) {
    /** Takes copies. */
    Sheet {
        fields = Map.copyOf(fields);
        lists = Map.copyOf(lists);
    }

    /** A field; of a list its length. */
    String field(String name) {
        List<Map<String, String>> list = lists.get(name);
        return list == null ? fields.getOrDefault(name, "") : Integer.toString(list.size());
    }

    List<Map<String, String>> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    /** Whether there is something to say: text in a field, entries in a list. */
    boolean has(String name) {
        return lists.containsKey(name) ? !list(name).isEmpty() : !field(name).isBlank();
    }

    /** The same with one entry's fields. */
    Sheet with(Map<String, String> entry) {
        var all = new HashMap<>(fields);
        all.putAll(entry);
        return new Sheet(all, lists);
    }
}
