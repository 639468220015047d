package fi.kimppa.gateway.consortium;

import fi.kimppa.gateway.consortium.SettingKey.Allowed;

/** Why a change of a setting was not made: nothing has changed. */
public sealed interface SettingRefusal {
    /** No feature has declared a setting of this name. */
    record UnknownKey(String key) implements SettingRefusal {}

    /** The value is none that the setting may have. */
    record BadValue(String key, String value, Allowed allowed) implements SettingRefusal {}

    /** There is no such municipality, branch or device. */
    record UnknownScope(Scope scope) implements SettingRefusal {}

    /** The consortium has locked the setting. */
    record Locked(SettingLock lock) implements SettingRefusal {}

    /** The setting is one for the whole consortium, by its nature. */
    record ConsortiumOnly(String key) implements SettingRefusal {}
}
