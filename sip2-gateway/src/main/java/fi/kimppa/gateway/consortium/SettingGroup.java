package fi.kimppa.gateway.consortium;

import java.util.List;

/**
 * The settings that one feature declares; a feature offers them as a bean.
 *
 * @param keys in the order in which people read them
 */
public record SettingGroup(List<SettingKey<?>> keys) {
    /** Takes a copy of the list. */
    public SettingGroup {
        keys = List.copyOf(keys);
    }
}
