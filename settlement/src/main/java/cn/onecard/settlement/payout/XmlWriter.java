package cn.onecard.settlement.payout;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML with one element a line, indented. */
final class XmlWriter {
    private final XMLStreamWriter out;

    /** Elements that are open; written by {@link #open} and {@link #close} alone. */
    private int depth;

    XmlWriter(XMLStreamWriter out) {
        this.out = out;
    }

    /** Opens the document and its root element. */
    void begin(String name, String namespace) throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeCharacters("\n");
        out.writeStartElement(name);
        out.writeDefaultNamespace(namespace);
        depth = 1;
    }

    XmlWriter open(String name) throws XMLStreamException {
        newLine();
        out.writeStartElement(name);
        depth++;
        return this;
    }

    XmlWriter text(String name, String text) throws XMLStreamException {
        newLine();
        out.writeStartElement(name);
        out.writeCharacters(text);
        out.writeEndElement();
        return this;
    }

    XmlWriter text(String name, String text, String attribute, String value) throws XMLStreamException {
        newLine();
        out.writeStartElement(name);
        out.writeAttribute(attribute, value);
        out.writeCharacters(text);
        out.writeEndElement();
        return this;
    }

    XmlWriter close() throws XMLStreamException {
        depth--;
        newLine();
        out.writeEndElement();
        return this;
    }

    /** Closes the root element and the document. */
    void end() throws XMLStreamException {
        close();
        out.writeCharacters("\n");
        out.writeEndDocument();
        out.flush();
    }

    private void newLine() throws XMLStreamException {
        out.writeCharacters("\n" + "  ".repeat(depth));
    }
}
