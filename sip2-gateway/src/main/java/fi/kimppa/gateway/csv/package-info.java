/**
 * Files for spreadsheets and other programs. Offers {@link fi.kimppa.gateway.csv.Csv} to the pages that have one to give, and
 * {@link fi.kimppa.gateway.csv.CsvRows} to whoever is given one; uses nothing of the house.
 */
@NullMarked
package fi.kimppa.gateway.csv;

import org.jspecify.annotations.NullMarked;
