package fi.kimppa.gateway.backup;

import java.nio.file.Path;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/** The page on which staff with the role ADMIN see the backups, take one now, and carry one away. */
@Controller
@RequestMapping("/admin/backups")
class BackupPage {
    private static final Logger LOG = LoggerFactory.getLogger(BackupPage.class);
    private static final double MEGA = 1e6;

    private final Backups backups;
    private final JdbcClient jdbc;
    private final Clock clock;

    BackupPage(Backups backups, JdbcClient jdbc, Clock clock) {
        this.backups = backups;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One that is there, in the reader's language.
     *
     * @param megabytes of a million bytes
     */
    record Line(String name, String taken, String megabytes) {}

    @GetMapping
    String page(Model model, Locale language) {
        DateTimeFormatter moment = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(language)
                .withZone(clock.getZone());
        List<Line> lines = backups.kept().stream()
                .map(kept -> new Line(
                        kept.name(),
                        moment.format(kept.takenAt()),
                        String.format(language, "%.1f", kept.bytes() / MEGA)))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("directory", backups.directory().map(Path::toAbsolutePath));
        model.addAttribute("underWay", backups.underWay().map(moment::format));
        model.addAttribute("failed", backups.failed());
        model.addAttribute("restored", restored().map(moment::format));
        return "backup/backups";
    }

    /** Of what moment the database was when it was restored last. */
    private Optional<Instant> restored() {
        return jdbc.sql("select taken_at from restores order by id desc limit 1")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    @PostMapping
    String begin(Principal who) {
        LOG.info("{} asks for a backup", who.getName());
        backups.begin();
        return "redirect:/admin/backups";
    }

    /** One of them, for another disk. */
    @GetMapping("/{name}")
    ResponseEntity<FileSystemResource> file(@PathVariable String name, Principal who) {
        Path file = backups.file(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        LOG.warn("{} carries away {}", who.getName(), name);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(new FileSystemResource(file));
    }
}
