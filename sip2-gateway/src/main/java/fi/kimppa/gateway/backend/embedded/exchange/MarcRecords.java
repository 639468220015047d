package fi.kimppa.gateway.backend.embedded.exchange;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.marc4j.MarcStreamReader;
import org.marc4j.converter.impl.AnselToUnicode;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Leader;
import org.marc4j.marc.MarcFactory;
import org.marc4j.marc.Record;

/** Understands single records of MARC. May not be shared between threads: what converts MARC-8 remembers. */
final class MarcRecords {
    /** The record is not MARC. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(Throwable cause) {
            super(cause);
        }
    }

    private static final char UTF_8 = 'a';

    private final MarcFactory factory = MarcFactory.newInstance();
    private final AnselToUnicode marc8 = new AnselToUnicode();
    private final XMLInputFactory xml = XMLInputFactory.newInstance();

    MarcRecords() {
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // A record is cut out of its file, so the prefix of its names may be declared nowhere.
        xml.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        xml.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /**
     * The record in these bytes.
     *
     * @throws CharacterCodingException if a text is not in UTF-8 although it should be
     * @throws BrokenException if it is no record
     */
    Record read(byte[] bytes, boolean inXml) throws CharacterCodingException, BrokenException {
        return inXml ? fromXml(bytes) : fromBinary(bytes);
    }

    // ---- ISO 2709 ----------------------------------------------------------------------------------------

    /** Read as bytes first: the library would put signs of replacement where a text is not what the leader says. */
    private Record fromBinary(byte[] bytes) throws CharacterCodingException, BrokenException {
        Record record = parse(bytes);
        boolean unicode = record.getLeader().getCharCodingScheme() == UTF_8;
        for (DataField field : record.getDataFields()) {
            for (var subfield : field.getSubfields()) {
                subfield.setData(text(subfield.getData(), unicode));
            }
        }
        return record;
    }

    /** The library answers a broken record with whatever exception it ran into. */
    private static Record parse(byte[] bytes) throws BrokenException {
        try {
            return new MarcStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1.name()).next();
        } catch (RuntimeException e) {
            throw new BrokenException(e);
        }
    }

    private String text(String bytes, boolean unicode) throws CharacterCodingException, BrokenException {
        if (unicode) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        }
        try {
            return marc8.convert(bytes);
        } catch (RuntimeException e) {
            throw new BrokenException(e);
        }
    }

    // ---- MARCXML -----------------------------------------------------------------------------------------

    private Record fromXml(byte[] bytes) throws CharacterCodingException, BrokenException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        try {
            XMLStreamReader reader = xml.createXMLStreamReader(new StringReader(text));
            try {
                return record(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException e) {
            throw new BrokenException(e);
        }
    }

    private Record record(XMLStreamReader reader) throws XMLStreamException {
        Record record = factory.newRecord();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                switch (name(reader)) {
                    case "leader" -> leader(record, reader.getElementText());
                    case "controlfield" -> {
                        String tag = attribute(reader, "tag");
                        record.addVariableField(factory.newControlField(tag, reader.getElementText()));
                    }
                    case "datafield" -> record.addVariableField(dataField(reader));
                    default -> {
                        // The record itself, or what an extension of MARCXML says.
                    }
                }
            }
        }
        return record;
    }

    /** A leader that is wrong matters to nobody here. */
    private static void leader(Record record, String text) {
        Leader leader = record.getLeader();
        if (text.length() >= 8) {
            leader.setTypeOfRecord(text.charAt(6));
        }
    }

    private DataField dataField(XMLStreamReader reader) throws XMLStreamException {
        DataField field =
                factory.newDataField(attribute(reader, "tag"), indicator(reader, "ind1"), indicator(reader, "ind2"));
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && name(reader).equals("datafield")) {
                break;
            }
            if (event == XMLStreamConstants.START_ELEMENT && name(reader).equals("subfield")) {
                char code = attribute(reader, "code").charAt(0);
                field.addSubfield(factory.newSubfield(code, reader.getElementText()));
            }
        }
        return field;
    }

    private static char indicator(XMLStreamReader reader, String name) {
        String text = attribute(reader, name);
        return text.isEmpty() ? ' ' : text.charAt(0);
    }

    private static String attribute(XMLStreamReader reader, String name) {
        String text = reader.getAttributeValue(null, name);
        return text == null ? "" : text;
    }

    private static String name(XMLStreamReader reader) {
        String name = reader.getLocalName();
        return name.substring(name.indexOf(':') + 1);
    }
}
