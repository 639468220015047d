package fi.kimppa.kiosk.session;

import java.util.Optional;

/** What a person can begin at a kiosk; each is on or off. */
public enum Offering {
    /** Things are lent. */
    BORROW,
    /** Things are taken back. */
    RETURN,
    /** Loans, holds and fees are shown. */
    ACCOUNT;

    /** Which of these a touch begins, if it begins one. */
    static Optional<Offering> begunBy(Choice choice) {
        return switch (choice) {
            case Choice.Borrow _ -> Optional.of(BORROW);
            case Choice.Return _ -> Optional.of(RETURN);
            case Choice.Account _ -> Optional.of(ACCOUNT);
            default -> Optional.empty();
        };
    }
}
