package fi.kimppa.kiosk.runtime;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The body of {@code POST /api/reports}, as {@code deploy/contract/device-report.json} has it. */
record DeviceReport(
        long sequence,
        Instant at,
        String software,
        String state,
        int spooled,
        int pendingSecurity,
        List<DeviceLine> devices,
        List<EventLine> events) {
    DeviceReport {
        devices = List.copyOf(devices);
        events = List.copyOf(events);
    }

    record DeviceLine(String device, String kind, String status, String reason, Instant since) {}

    record EventLine(UUID id, Instant at, String kind, String detail) {}
}
