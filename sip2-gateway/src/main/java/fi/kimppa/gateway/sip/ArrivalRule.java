package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Scope;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose profile a connection has until somebody logs in.
 *
 * @param sign what it is recognised by
 * @param pattern in canonical form
 * @param scope the place whose profile it has
 */
record ArrivalRule(Sign sign, String pattern, Scope scope) {
    /** What a connection is recognised by; a later one is decided by more and wins. */
    enum Sign {
        /** Port of the listener, 1 to 65535. */
        PORT,
        /** SHA-256 fingerprint of the client certificate, or its common name where an authority has signed it. */
        CERTIFICATE,
        /** Address of the machine, as in {@code 192.0.2.0/24}; the longest prefix wins. */
        SUBNET
    }

    /** The pattern as it is stored; empty if it is none. */
    static Optional<String> canonical(Sign sign, String text) {
        String stripped = text.strip();
        return switch (sign) {
            case PORT ->
                Optional.of(stripped)
                        .filter(digits -> digits.matches("[1-9]\\d{0,4}") && Integer.parseInt(digits) <= 65_535);
            case CERTIFICATE -> Optional.of(certificate(stripped)).filter(name -> !name.isEmpty());
            case SUBNET -> subnet(stripped).map(Subnet::toString);
        };
    }

    /** Colons of a fingerprint, case, and CN= in front of a name make no difference. */
    private static String certificate(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = lower.replace(":", "");
        return digits.matches("[0-9a-f]{64}")
                ? digits
                : lower.replaceFirst("^cn=", "").strip();
    }

    private static Optional<Subnet> subnet(String text) {
        try {
            return Optional.of(Subnet.of(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** How well it fits; 0 if it does not. Among rules of one sign the highest wins. */
    int fit(Arrival arrival) {
        return switch (sign) {
            case PORT -> pattern.equals(String.valueOf(arrival.localPort())) ? 1 : 0;
            case CERTIFICATE ->
                arrival.certificate()
                                .filter(shown -> pattern.equals(shown.sha256())
                                        || (shown.signed() && pattern.equals(certificate(shown.commonName()))))
                                .isPresent()
                        ? 1
                        : 0;
            case SUBNET ->
                subnet(pattern)
                        .filter(subnet -> subnet.contains(arrival.peer().getAddress()))
                        .map(subnet -> 1 + subnet.bits())
                        .orElse(0);
        };
    }
}
