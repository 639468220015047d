package fi.kimppa.sip2.tool;

import java.io.InputStream;
import java.io.PrintStream;

/** Where the program reads and writes; a test has its own. */
record Terminal(InputStream in, PrintStream out, PrintStream err) {}
