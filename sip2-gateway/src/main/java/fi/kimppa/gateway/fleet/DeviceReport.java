package fi.kimppa.gateway.fleet;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a terminal says of itself: a snapshot of all its devices and what happened since the last report. Words are
 * taken as they are, so that a newer terminal may say what this gateway has no text for.
 *
 * @param sequence rises by one per report
 * @param at by the terminal's clock
 * @param software version
 * @param state what the terminal is doing
 * @param spooled accepted returns that wait for the gateway
 * @param pendingSecurity tags whose security is still to be written
 * @param devices all of them
 * @param events each once, by id
 */
record DeviceReport(
        @Min(0) long sequence,
        @NotNull Instant at,
        @NotNull @Size(max = 40) String software,
        @NotNull @Pattern(regexp = WORD) String state,
        @Min(0) int spooled,
        @Min(0) int pendingSecurity,
        @NotNull @Size(max = 20) List<@Valid @NotNull Device> devices,
        @NotNull @Size(max = 500) List<@Valid @NotNull Event> events) {
    static final String WORD = "[A-Z][A-Z0-9_]{0,39}";

    /**
     * One device.
     *
     * @param device name within the terminal
     * @param kind what it is
     * @param status READY, DEGRADED or ABSENT
     * @param reason why not ready; NONE
     * @param since when it entered this status
     */
    record Device(
            @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,39}")
            String device,

            @NotNull @Pattern(regexp = WORD) String kind,
            @NotNull @Pattern(regexp = WORD) String status,
            @NotNull @Pattern(regexp = WORD) String reason,
            @NotNull Instant since) {}

    /**
     * Something that happened.
     *
     * @param id made by the terminal
     * @param at by the terminal's clock
     * @param kind what
     * @param detail an item number or nothing; never a person
     */
    record Event(
            @NotNull UUID id,
            @NotNull Instant at,
            @NotNull @Pattern(regexp = WORD) String kind,
            @NotNull @Size(max = 200) String detail) {}
}
