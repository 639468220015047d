/**
 * Receipts: a document model, ESC/POS, plain text and a picture.
 */
@NullMarked
package fi.kimppa.device.printer;

import org.jspecify.annotations.NullMarked;
