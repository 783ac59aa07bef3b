package cn.onecard.settlement.payout;

import cn.onecard.settlement.day.Parties;
import cn.onecard.settlement.day.Parties.Party;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.net.NettedDay;
import cn.onecard.settlement.net.Payout;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The payment file {@code pain001.xml} [1]: the card company pays each party that is owed something, on the day after the
 *  business date. Its own share stays where it is, on the account that pays. Every instruction has an id that follows from
 *  date and party, so that a bank that gets the file twice pays once. The file is checked against its schema before anybody
 *  sees it.
 *
 *  <p>[1] ISO 20022, pain.001.001.09 CustomerCreditTransferInitiationV09; the schema is its published XSD of February 2019. */
final class CreditTransferFile {
    static final String NAME = "pain001.xml";

    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
    private static final String SCHEMA = "/xsd/pain.001.001.09.xsd";
    private static final DateTimeFormatter COMPACT_DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final Parties parties;

    CreditTransferFile(Parties parties) {
        this.parties = parties;
    }

    /** Writes the file. There is none if nobody is owed anything, because the message needs at least one transfer. */
    Optional<WrittenFile> write(NettedDay day, Path folder) throws IOException {
        List<Transfer> transfers = listTransfers(day);
        if (transfers.isEmpty()) {
            return Optional.empty();
        }
        Path path = folder.resolve(NAME);
        try (OutputStream out = Files.newOutputStream(path)) {
            new Message(out, day, parties.cardCompany()).write(transfers);
        } catch (XMLStreamException e) {
            throw new IOException("cannot write " + path, e);
        }
        validate(path);
        return Optional.of(WrittenFile.complete(path, transfers.size()));
    }

    /** Checks a file against the schema.
     *
     *  @throws SettlementFailure if it does not keep to it */
    static void validate(Path path) throws IOException {
        try {
            schema().newValidator().validate(new StreamSource(path.toFile()));
        } catch (SAXException e) {
            throw new SettlementFailure("the payment file would not be valid: " + e.getMessage(), e);
        }
    }

    private List<Transfer> listTransfers(NettedDay day) {
        List<Transfer> transfers = new ArrayList<>();
        for (Payout payout : day.payouts()) {
            if (payout.paid().compareTo(Money.ZERO) > 0) {
                transfers.add(new Transfer(parties.party(payout.party()), payout.paid()));
            }
        }
        return transfers;
    }

    private static Schema schema() throws SAXException, IOException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        try (InputStream in = CreditTransferFile.class.getResourceAsStream(SCHEMA)) {
            return factory.newSchema(new StreamSource(Objects.requireNonNull(in, SCHEMA)));
        }
    }

    /** One payment. */
    private record Transfer(Party creditor, Money amount) {}

    /** The message while it is being written. */
    private static final class Message {
        private final XmlWriter xml;
        private final NettedDay day;
        private final Party payer;
        private final String id;

        Message(OutputStream out, NettedDay day, Party payer) throws XMLStreamException {
            this.xml = new XmlWriter(XMLOutputFactory.newInstance().createXMLStreamWriter(out, StandardCharsets.UTF_8.name()));
            this.day = day;
            this.payer = payer;
            this.id = "ONECARD-" + COMPACT_DAY.format(day.date().day());
        }

        void write(List<Transfer> transfers) throws XMLStreamException {
            String sum = transfers.stream().map(Transfer::amount).reduce(Money.ZERO, Money::plus).yuan();
            xml.begin("Document", NAMESPACE);
            xml.open("CstmrCdtTrfInitn");
            xml.open("GrpHdr");
            xml.text("MsgId", id);
            xml.text("CreDtTm", UTC.format(day.cleared().sealed().closedAt()));
            xml.text("NbOfTxs", Integer.toString(transfers.size()));
            xml.text("CtrlSum", sum);
            xml.open("InitgPty").text("Nm", payer.name()).close();
            xml.close();
            xml.open("PmtInf");
            xml.text("PmtInfId", id + "-1");
            xml.text("PmtMtd", "TRF");
            xml.text("BtchBookg", "false");
            xml.text("NbOfTxs", Integer.toString(transfers.size()));
            xml.text("CtrlSum", sum);
            xml.open("ReqdExctnDt").text("Dt", day.date().next().toString()).close();
            xml.open("Dbtr").text("Nm", payer.name()).close();
            account("DbtrAcct", payer.bankAccount());
            agent("DbtrAgt", payer.bankCode());
            for (Transfer transfer : transfers) {
                write(transfer);
            }
            xml.close().close().end();
        }

        private void write(Transfer transfer) throws XMLStreamException {
            Party creditor = transfer.creditor();
            String instruction = id + "-P" + creditor.id();
            xml.open("CdtTrfTxInf");
            xml.open("PmtId").text("InstrId", instruction).text("EndToEndId", instruction).close();
            xml.open("Amt").text("InstdAmt", transfer.amount().yuan(), "Ccy", "CNY").close();
            agent("CdtrAgt", creditor.bankCode());
            xml.open("Cdtr").text("Nm", creditor.name()).close();
            account("CdtrAcct", creditor.bankAccount());
            xml.open("RmtInf").text("Ustrd", "One-card settlement " + day.date()).close();
            xml.close();
        }

        private void account(String element, String number) throws XMLStreamException {
            xml.open(element).open("Id").open("Othr").text("Id", number).close().close().close();
        }

        private void agent(String element, String bankCode) throws XMLStreamException {
            xml.open(element).open("FinInstnId").open("ClrSysMmbId");
            xml.open("ClrSysId").text("Cd", "CNAPS").close();
            xml.text("MmbId", bankCode).close().close().close();
        }
    }
}
