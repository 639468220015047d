package fi.kimppa.device.simulator;

/** Whose pad lies on the virtual desk, and so which language it speaks. */
public enum PadModel {
    /** FEIG's readers in ISO-Host mode. */
    FEIG("feig"),
    /** The 3M / Bibliotheca model 210. */
    BIBLIOTHECA("bibliotheca");

    private final String driver;

    PadModel(String driver) {
        this.driver = driver;
    }

    /** The driver that speaks with it, as addresses name it. */
    public String driver() {
        return driver;
    }
}
