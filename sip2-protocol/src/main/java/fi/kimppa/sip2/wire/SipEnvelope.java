package fi.kimppa.sip2.wire;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML around one SIP2 message in an HTTPS request or response, as the Koha-Suomi plugin SIPoHTTP has it (its
 * {@code SIPoHTTP.pm}): a root {@code sip} with login and password of the machine and a child {@code request}, answered
 * by the same root with a child {@code response}.
 */
public final class SipEnvelope {
    /** Where the plugin serves it. */
    public static final String PATH = "/api/v1/contrib/kohasuomi/sipmessages";

    private static final String NAMESPACE = "https://koha-suomi.fi/sipschema.xsd";
    /** The plugin looks for the root by this prefix, so it cannot be another. */
    private static final String ROOT = "ns1:sip";

    private static final XMLInputFactory XML = safe();

    private SipEnvelope() {}

    /**
     * What a machine asks.
     *
     * @param login of the machine, or empty if it is missing
     * @param password of the machine, or empty if it is missing; the caller erases it
     * @param message one SIP2 message without its end, or empty if it is missing
     */
    public record Request(String login, Secret password, String message) {}

    /** The bytes of a request. The caller erases them, for they hold the password. */
    public static byte[] request(Request request) {
        return document(
                " login=\"" + escaped(request.login()) + "\" password=\""
                        + escaped(new String(request.password().reveal())) + "\"",
                "request",
                request.message());
    }

    /** The bytes of a response; without a message when the library system did not answer in time. */
    public static byte[] response(String message) {
        return document("", "response", message.replaceAll("[\r\n]", ""));
    }

    private static byte[] document(String attributes, String child, String message) {
        String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<" + ROOT + attributes + " xsi:schemaLocation=\""
                + NAMESPACE + "\" xmlns:ns1=\"" + NAMESPACE
                + "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><" + child + ">" + escaped(message) + "</"
                + child + "></" + ROOT + ">\n";
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    /** Text for an element or attribute; what XML 1.0 cannot hold becomes a blank. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(inXml(point) ? point : ' ');
            }
        });
        return out.toString();
    }

    private static boolean inXml(int point) {
        return (point >= 0x20 && point <= 0xD7FF) || (point >= 0xE000 && point <= 0xFFFD) || point >= 0x10000;
    }

    /**
     * Reads a request. Document types, and with them entities of all kinds, are refused.
     *
     * @throws IllegalArgumentException if this is no such document; the message holds nothing of it
     */
    public static Request readRequest(byte[] xml) {
        return read(xml, "request");
    }

    /**
     * The message in a response, or empty if it has none.
     *
     * @throws IllegalArgumentException if this is no such document; the message holds nothing of it
     */
    public static Optional<String> readResponse(byte[] xml) {
        return Optional.of(read(xml, "response").message()).filter(message -> !message.isEmpty());
    }

    private static Request read(byte[] xml, String child) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
            int depth = 0;
            String login = "";
            String password = "";
            String message = "";
            boolean found = false;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        String name = reader.getLocalName();
                        if (depth == 0) {
                            if (!name.equals("sip") || !NAMESPACE.equals(reader.getNamespaceURI())) {
                                throw new IllegalArgumentException("the root is not sip of " + NAMESPACE);
                            }
                            login = attribute(reader, "login");
                            password = attribute(reader, "password");
                            depth++;
                        } else if (depth == 1 && !found && name.equals(child)) {
                            message = reader.getElementText();
                            found = true;
                        } else {
                            depth++;
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> depth--;
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new IllegalArgumentException("a document type or entity");
                    default -> {
                        // Blanks and comments between the elements.
                    }
                }
            }
            return new Request(login, Secret.of(password), message);
        } catch (XMLStreamException _) {
            // Its message may quote the document.
            throw new IllegalArgumentException("the XML is not well-formed");
        }
    }

    private static String attribute(XMLStreamReader reader, String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name)).orElse("");
    }

    private static XMLInputFactory safe() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
