/**
 * The programs for a terminal: {@code kimppa-devices} for installers, and {@code kimppa-desk}, the virtual desk for anybody's software.
 */
@NullMarked
package fi.kimppa.device.tool;

import org.jspecify.annotations.NullMarked;
