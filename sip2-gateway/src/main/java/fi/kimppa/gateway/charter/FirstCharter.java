package fi.kimppa.gateway.charter;

import fi.kimppa.gateway.charter.CharterImport.Outcome;
import fi.kimppa.gateway.consortium.CannotStartException;
import fi.kimppa.gateway.consortium.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database from the file that {@code kimppa.consortium-file} names, before anybody is served. Where there is
 * a municipality already the file is not read: from then on the pages are where the consortium changes.
 */
@Component
class FirstCharter implements InitializingBean {
    private static final Logger LOG = LoggerFactory.getLogger(FirstCharter.class);
    private static final String WHO = "kimppa.consortium-file";

    private final CharterImport imports;
    private final CharterTexts texts;
    private final Installation installation;
    private final String file;

    FirstCharter(
            CharterImport imports,
            CharterTexts texts,
            Installation installation,
            @Value("${kimppa.consortium-file:}") String file) {
        this.imports = imports;
        this.texts = texts;
        this.installation = installation;
        this.file = file;
    }

    /**
     * Reads the file if it is wanted.
     *
     * @throws CannotStartException if the file is not there, or anything in it is wrong
     */
    @Override
    public void afterPropertiesSet() {
        if (file.isBlank()) {
            return;
        }
        if (installation.demo()) {
            throw new CannotStartException(
                    "kimppa.consortium-file is set, but the profile demo has a consortium of its own; leave one of them out");
        }
        Optional<Outcome> outcome = imports.fill(this::read, WHO);
        outcome.filter(filled -> !filled.done()).ifPresent(filled -> {
            throw new CannotStartException(
                    "kimppa.consortium-file: " + file + " cannot be used, and nothing was written."
                            + " Mend it and start again:\n"
                            + filled.diff().problems().stream()
                                    .map(problem -> texts.problem(problem, Locale.ENGLISH))
                                    .collect(Collectors.joining("\n")));
        });
        LOG.info(
                outcome.isPresent()
                        ? "The consortium is written into the empty database from {}"
                        : "The database has a consortium already; {} is not read",
                file);
    }

    private String read() {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new CannotStartException(
                    "kimppa.consortium-file: " + file
                            + " cannot be read as text in UTF-8; correct the path or leave it out",
                    e);
        }
    }
}
