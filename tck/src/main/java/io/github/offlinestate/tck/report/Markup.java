package io.github.offlinestate.tck.report;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements, attributes and text, escaped, for documents of XML and of HTML that is well-formed. */
final class Markup {
    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;

    private Markup() {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call of the writer, which only fails where a document is nested wrongly. */
    private interface Writing {
        void run() throws XMLStreamException;
    }

    private Markup write(Writing writing) {
        try {
            writing.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    static Markup xml() {
        Markup markup = new Markup();
        return markup.write(() -> markup.xml.writeStartDocument("UTF-8", "1.0"));
    }

    static Markup html() {
        Markup markup = new Markup();
        return markup.write(() -> markup.xml.writeDTD("<!DOCTYPE html>\n"));
    }

    static Markup fragment() {
        return new Markup();
    }

    /** Opens an element; attributes by name and value in turns. */
    Markup open(String element, String... attributes) {
        write(() -> xml.writeStartElement(element));
        return attributes(attributes);
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) {
        write(() -> xml.writeEmptyElement(element));
        return attributes(attributes);
    }

    private Markup attributes(String... attributes) {
        for (int i = 0; i < attributes.length; i += 2) {
            int at = i;
            write(() -> xml.writeAttribute(attributes[at], readable(attributes[at + 1])));
        }
        return this;
    }

    Markup text(String text) {
        return write(() -> xml.writeCharacters(readable(text)));
    }

    /** Opens an element with text in it, and closes it. */
    Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close();
    }

    Markup close() {
        return write(xml::writeEndElement);
    }

    Markup line() {
        return text("\n");
    }

    /** The document; everything that is open is closed. */
    @Override
    public String toString() {
        write(xml::writeEndDocument);
        write(xml::flush);
        return out.toString();
    }

    /** What no document of XML can hold (a NUL, half a surrogate pair) is written as a backslash and its number. */
    private static String readable(String text) {
        StringBuilder all = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean control = point < ' ' && point != '\n' && point != '\t';
            if (control || (point >= 0xD800 && point < 0xE000) || point == 0xFFFE || point == 0xFFFF) {
                all.append(String.format("\\u%04x", point));
            } else {
                all.appendCodePoint(point);
            }
        });
        return all.toString();
    }
}
