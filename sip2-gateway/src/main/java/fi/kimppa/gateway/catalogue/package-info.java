/**
 * What patrons look for and find at kiosks: titles, where their copies are, ratings, tips of the staff, new titles and
 * electronic collections. {@link fi.kimppa.gateway.catalogue.Catalogue} is the port behind which the gateway's own store and
 * Finna stand; a setting of the consortium says which is asked. Nothing here knows a patron. Uses the consortium.
 */
@NullMarked
package fi.kimppa.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
