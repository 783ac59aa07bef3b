package cn.onecard.terminal.boot;

import cn.onecard.terminal.card.CardFamily;
import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.card.CardReport;
import cn.onecard.terminal.card.LogRecord;
import cn.onecard.terminal.card.PublicData;
import cn.onecard.terminal.card.RideRecord;
import cn.onecard.terminal.card.TripRecord;
import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.EventTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal read}: what is on a card. */
@Command(name = "read", description = {"Reads the card in a reader, of any family that is known: number, validity, class, balance, counters, log and",
    "trips. Nothing on the card changes, and the holder's name is not read."}, mixinStandardHelpOptions = true)
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
                print(describe(CardReport.read(link, CardFamily.READABLE), clear));
            } catch (CardRefused refused) {
                spec.commandLine().getErr().println("terminal read: " + switch (refused.status()) {
                    case NOT_FOUND -> "this card is of none of the " + CardFamily.READABLE.size() + " families that are known";
                    case BLOCKED -> "the application on this card is blocked";
                    default -> refused.getMessage();
                });
                return 1;
            } finally {
                link.close(true);
            }
        }
        return 0;
    }

    /** The report as JSON. */
    static ObjectNode describe(CardReport card, boolean clear) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("family", card.family().name());
        card.publicData().ifPresent(file -> describe(file, clear, node));
        card.city().ifPresent(city -> node.put("city", "%04X".formatted(city)));
        card.cardClass().ifPresent(cardClass -> node.put("cardClass", cardClass));
        card.cardKind().ifPresent(kind -> node.put("cardKind", CardKind.findByCode(kind).map(CardKind::name).orElse("%02X".formatted(kind))));
        card.balance().ifPresent(balance -> node.put("balanceFen", balance.fen()));
        card.purchase().ifPresent(init -> {
            node.put("cardCounter", init.counter().value()).put("keyVersion", init.keyVersion());
            node.put("algorithm", card.family().options().algorithms().containsKey(init.algorithm())
                    ? String.valueOf(card.family().options().algorithms().get(init.algorithm())) : "%02X".formatted(init.algorithm()));
        });
        card.onlineCounter().ifPresent(counter -> node.put("onlineCounter", counter));
        card.log().forEach(record -> describe(record, card.family(), node.withArray("log").addObject()));
        card.trips().forEach(trip -> describe(trip, node.withArray("trips").addObject()));
        card.rides().stream().filter(ride -> ride.state() != RideRecord.State.INITIAL).forEach(ride -> describe(ride, node.withArray("rides").addObject()));
        card.unread().forEach(unread -> node.withArray("unread").add(unread.toString()));
        return node;
    }

    private static void describe(PublicData file, boolean clear, ObjectNode to) {
        to.put("cardNo", clear ? file.cardNo().digits() : file.cardNo().masked());
        if (file.issuerId() != 0) {
            to.put("issuer", "%016X".formatted(file.issuerId()));
        }
        to.put("enabled", file.enabled());
        file.validFrom().ifPresent(day -> to.put("validFrom", day.toString()));
        file.validTo().ifPresent(day -> to.put("validTo", day.toString()));
    }

    private static void describe(LogRecord record, CardFamily family, ObjectNode to) {
        to.put("counter", record.counterBefore(family.options().logCounter())).put("type", type(record.type())).put("amountFen", record.amount().fen());
        to.put("terminal", record.terminal().hex()).put("at", time(record.time()));
    }

    private static void describe(TripRecord trip, ObjectNode to) {
        to.put("type", switch (trip.type()) {
            case 0x03, 0x01 -> "entry";
            case 0x04, 0x02 -> "exit";
            case 0x06, 0x05 -> "single ride";
            case 0x08, 0x07 -> "supplementary fare";
            case 0x0A, 0x09 -> "load";
            default -> "%02X".formatted(trip.type());
        });
        to.put("industry", trip.where().industry()).put("line", trip.where().line()).put("station", trip.where().station());
        to.put("amountFen", trip.amount().fen()).put("balanceFen", trip.balanceAfter().fen()).put("terminal", trip.where().terminal().hex());
        to.put("acquirerCity", "%04X".formatted(trip.acquirerCity())).put("at", time(trip.time()));
    }

    private static void describe(RideRecord ride, ObjectNode to) {
        to.put("record", "%04X".formatted(ride.recordId())).put("state", ride.state().name().toLowerCase(Locale.ROOT));
        describe(ride.boarding(), to.putObject("boarding"));
        to.put("largestFareFen", ride.largestFare().fen());
        if (ride.state() == RideRecord.State.CLOSED) {
            describe(ride.alighting(), to.putObject("alighting"));
            to.put("amountFen", ride.amount().fen());
        }
    }

    private static void describe(RideRecord.Leg leg, ObjectNode to) {
        to.put("city", "%04X".formatted(leg.city())).put("line", leg.line()).put("station", leg.station());
        to.put("terminal", leg.terminal().hex()).put("at", time(leg.time()));
    }

    private static String type(int type) {
        return switch (type) {
            case 0x01, 0x02 -> "load";
            case 0x03 -> "unload";
            case 0x05, 0x06 -> "purchase";
            case 0x09 -> "composite purchase";
            default -> "%02X".formatted(type);
        };
    }

    private static String time(EventTime time) {
        return time.find().map(Object::toString).orElse(time.toString());
    }

    private void print(ObjectNode card) {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(card);
            return;
        }
        card.properties().forEach(field -> {
            if (field.getValue().isArray()) {
                out.println(field.getKey().equals("unread") ? "could not be read:" : field.getKey() + ":");
                field.getValue().forEach(element -> out.println("  " + line(element)));
            } else {
                out.printf("%-14s %s%n", field.getKey(), field.getValue().asText());
            }
        });
    }

    private static String line(JsonNode element) {
        if (!element.isObject()) {
            return element.asText();
        }
        StringBuilder line = new StringBuilder();
        element.properties().forEach(field -> line.append(line.isEmpty() ? "" : "  ").append(field.getKey()).append(' ')
                .append(field.getValue().isObject() ? "(" + line(field.getValue()) + ")" : field.getValue().asText()));
        return line.toString();
    }
}
