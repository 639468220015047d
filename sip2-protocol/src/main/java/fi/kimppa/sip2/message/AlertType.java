package fi.kimppa.sip2.message;

import java.util.Arrays;
import java.util.Optional;

/** Why a returned item needs attention: field CV of the 3M extension for sorting, revision 1.20. */
public enum AlertType {
    UNKNOWN("00"),
    HOLD_HERE("01"),
    HOLD_ELSEWHERE("02"),
    HOLD_ILL("03"),
    SEND_ELSEWHERE("04"),
    OTHER("99");

    private final String code;

    AlertType(String code) {
        this.code = code;
    }

    /** The two digits on the wire. */
    public String code() {
        return code;
    }

    /** The type with this code; Koha's own 98 (corrupted data) and any further code read as {@link #OTHER}. */
    public static Optional<AlertType> of(String code) {
        return code.isBlank()
                ? Optional.empty()
                : Optional.of(Arrays.stream(values())
                        .filter(type -> type.code.equals(code))
                        .findFirst()
                        .orElse(OTHER));
    }
}
