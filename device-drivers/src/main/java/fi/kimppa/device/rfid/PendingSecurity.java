package fi.kimppa.device.rfid;

/**
 * A promise to bring one tag to a security that has not been verified yet.
 *
 * @param operation id of the transaction that asked for it; the caller makes it
 * @param identifier the primary item identifier that the tag must carry
 * @param attempts how many times a write was tried
 */
public record PendingSecurity(String operation, Uid uid, String identifier, TagSecurity target, int attempts) {}
