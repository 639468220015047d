package fi.kimppa.gateway.sip;

/**
 * A machine's certificate, as far as it says who the machine is.
 *
 * @param sha256 of the whole certificate, 64 lower-case hexadecimal digits
 * @param commonName CN of the subject, or empty; believed only if {@code signed}
 * @param signed whether one of the listener's authorities signed it; if not, it was accepted by its fingerprint alone
 */
record ClientCertificate(String sha256, String commonName, boolean signed) {}
