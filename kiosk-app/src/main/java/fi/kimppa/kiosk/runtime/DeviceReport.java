package fi.kimppa.kiosk.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/reports}, as {@code deploy/contract/device-report.json} has it.
 *
 * @param tagOrders of a terminal that writes tags when it is told to, as {@code staff-pad-report.json} has it; else nothing
 * @param configuration of a terminal whose settings the gateway steers, as {@code configuration-report.json} has it; else nothing
 * @param run the process of a terminal that starts anew when it is told to; else nothing
 */
record DeviceReport(
        long sequence,
        Instant at,
        String software,
        String state,
        int spooled,
        int spooledLoans,
        int pendingSecurity,
        List<DeviceLine> devices,
        List<EventLine> events,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TagWork tagOrders,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Configuration configuration,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID run) {
    DeviceReport {
        devices = List.copyOf(devices);
        events = List.copyOf(events);
    }

    record DeviceLine(String device, String kind, String status, String reason, Instant since) {}

    record EventLine(UUID id, Instant at, String kind, String detail) {}

    /**
     * Orders to write tags.
     *
     * @param run the process: an order is given to one only
     * @param ended what the gateway has not taken yet
     */
    record TagWork(UUID run, List<EndedLine> ended) {
        TagWork {
            ended = List.copyOf(ended);
        }
    }

    /**
     * Versions of what the gateway has set on top of a terminal's own file; empty for none.
     *
     * @param running by which it serves people now
     * @param accepted the newest that was found good; it is taken when nobody is here
     * @param refused the newest that was not
     * @param why what is wrong with that one, a line each
     */
    record Configuration(String running, String accepted, String refused, String why) {}

    record EndedLine(UUID id, String outcome, String uid) {}
}
