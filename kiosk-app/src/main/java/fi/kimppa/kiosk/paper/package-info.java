/**
 * What is printed: receipts for patrons, slips for the bins and for staff. Layouts are files that a consortium edits; what
 * may stand on which paper is decided here. No window and no runtime.
 */
@NullMarked
package fi.kimppa.kiosk.paper;

import org.jspecify.annotations.NullMarked;
