package fi.kimppa.gateway.mail;

/**
 * Something that a patron is told once. Kind, subject and occasion are its key, over all gateways and restarts.
 *
 * @param kind what it is about
 * @param subject number of the loan or the hold
 * @param occasion which of the notices about it, such as the day on which it falls due
 * @param card of whom it is told
 */
public record Notice(NoticeKind kind, long subject, String occasion, String card) {
    /** Names no card, for logs. */
    @Override
    public String toString() {
        return kind + " " + subject + " " + occasion;
    }
}
