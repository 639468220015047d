/**
 * Where state lives: the PostgreSQL that is configured, or one that the gateway starts and keeps itself. Offers the
 * data source to Spring and, to the other packages, ways to it that need fewer trips; uses the consortium's word for "cannot start".
 */
@NullMarked
package fi.kimppa.gateway.database;

import org.jspecify.annotations.NullMarked;
