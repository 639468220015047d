package fi.kimppa.device.rfid;

/** Whether the gate raises an alarm for a tag. */
public enum TagSecurity {
    /** In the library's care: the gate alarms. AFI 07 unless the site says otherwise. */
    SECURED,
    /** Lent: the gate stays silent. AFI C2 unless the site says otherwise. */
    UNSECURED
}
