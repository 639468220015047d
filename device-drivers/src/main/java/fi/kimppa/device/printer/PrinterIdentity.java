package fi.kimppa.device.printer;

/**
 * What a printer says of itself ({@code GS I 66}, {@code 67} and {@code 68}); empty where it says nothing.
 *
 * @param maker for example EPSON
 * @param model for example TM-T20II
 * @param serial its serial number
 */
public record PrinterIdentity(String maker, String model, String serial) {}
