package fi.kimppa.gateway.mail;

import java.util.Locale;

/** What a mail is about. */
public enum NoticeKind {
    /** Loans that fall due in some days. */
    DUE_SOON,
    /** Loans that should have come back. */
    OVERDUE,
    /** Holds that stand on the shelf. */
    HOLD_READY,
    /** What was borrowed or renewed at a kiosk, in place of paper. */
    RECEIPT;

    /** As it is called in keys of texts and settings, such as {@code due-soon}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
