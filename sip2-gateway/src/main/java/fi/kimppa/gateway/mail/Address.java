package fi.kimppa.gateway.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/** Addresses of e-mail. */
final class Address {
    private Address() {}

    /** The address that this text is; empty if it is none, or more than the bare address. */
    static Optional<InternetAddress> read(String text) {
        String bare = text.strip();
        try {
            InternetAddress address = new InternetAddress(bare, true);
            return Optional.of(address).filter(one -> bare.equals(one.getAddress()) && bare.indexOf('@') > 0);
        } catch (AddressException _) {
            return Optional.empty();
        }
    }
}
