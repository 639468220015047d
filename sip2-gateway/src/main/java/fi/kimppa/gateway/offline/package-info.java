/**
 * Loans while the gateway is away: what each branch allows its kiosks then, which cards were in order lately, and the permit that says
 * both, signed and with an end. Hears from circulation how cards stand; knows cards by a keyed digest alone. Uses the consortium, the
 * installation's key for cards and the protection of personal data.
 */
@NullMarked
package fi.kimppa.gateway.offline;

import org.jspecify.annotations.NullMarked;
