package fi.kimppa.device.simulator;

/** The printers that the virtual one can be. */
public enum PrinterModel {
    /** A desktop printer of Epson's TM series: tells changes of its status, its paper is torn off. */
    EPSON_TM("EPSON", "TM-T88V"),
    /** Custom's kiosk printer VKP80: holds a cut paper in its output, can draw it back, counts what paper is left. */
    CUSTOM_VKP80("CUSTOM", "VKP80II"),
    /** A printer that knows the core of ESC/POS and does not say what it is. */
    UNKNOWN("", "");

    private final String maker;
    private final String model;

    PrinterModel(String maker, String model) {
        this.maker = maker;
        this.model = model;
    }

    String maker() {
        return maker;
    }

    String model() {
        return model;
    }
}
