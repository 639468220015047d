package fi.kimppa.device;

import java.util.Locale;

/**
 * Which device of its house this is.
 *
 * @param kind what it is
 * @param name unique within one kiosk, for example {@code pad} or {@code pad-return}; not blank
 */
public record DeviceId(DeviceKind kind, String name) {
    public DeviceId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A device needs a name");
        }
    }

    /** The only device of its kind: named after the kind, in lower case. */
    public static DeviceId of(DeviceKind kind) {
        return new DeviceId(kind, kind.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name;
    }
}
