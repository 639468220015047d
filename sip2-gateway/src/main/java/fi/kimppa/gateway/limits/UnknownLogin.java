package fi.kimppa.gateway.limits;

import java.time.Instant;

/**
 * A login that was refused at an address.
 *
 * @param login what the machine calls itself (CN), at most 64 characters, what is not printable replaced; of eight digits or more in a row only
 *     the first two and the last two, unless a terminal has this login
 * @param address of the machine, without port
 * @param known whether a terminal has this login, so that the password was wrong
 * @param firstSeen when it was refused first
 * @param lastSeen when it was refused last
 * @param times how often
 */
public record UnknownLogin(
        String login, String address, boolean known, Instant firstSeen, Instant lastSeen, long times) {}
