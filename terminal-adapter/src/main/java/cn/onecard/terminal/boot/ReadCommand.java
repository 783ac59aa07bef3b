package cn.onecard.terminal.boot;

import cn.onecard.terminal.card.CardFamily;
import cn.onecard.terminal.card.CardReading;
import cn.onecard.terminal.card.PublicData;
import cn.onecard.terminal.card.Purse;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal read}: what is on a card. */
@Command(name = "read", description = "Reads the public data and the balance of the card in a reader.", mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Option(names = "--reader", required = true, paramLabel = "NAME", description = "the reader, as 'readers' names it")
    private String reader = "";
    @Option(names = "--json", description = "as JSON")
    private boolean asJson;
    @Option(names = "--clear", description = "the card number in clear")
    private boolean clear;

    @Override
    public Integer call() throws Exception {
        try (Readers readers = Readers.pcsc(ReaderSettings.standard())) {
            CardLink link = readers.reader(reader).connect();
            try {
                print(describe(Purse.select(link, CardFamily.STANDARD).read()));
            } finally {
                link.close(true);
            }
        }
        return 0;
    }

    private ObjectNode describe(CardReading card) {
        PublicData file = card.publicData();
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("family", card.family().name()).put("cardNo", clear ? file.cardNo().digits() : file.cardNo().masked());
        node.put("issuer", "%016X".formatted(file.issuerId())).put("city", "%04X".formatted(card.city()));
        node.put("cardClass", card.cardClass()).put("cardKind", card.cardKind()).put("enabled", file.enabled());
        node.put("validFrom", file.validFrom().map(LocalDate::toString).orElse(""));
        node.put("validTo", file.validTo().map(LocalDate::toString).orElse(""));
        return node.put("balanceFen", card.balance().fen());
    }

    private void print(ObjectNode card) {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(card);
        } else {
            card.properties().forEach(field -> out.printf("%-12s %s%n", field.getKey(), field.getValue().asText()));
        }
    }
}
