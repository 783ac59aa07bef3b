package cn.onecard.terminal.boot;

import cn.onecard.terminal.card.CardFamily;
import cn.onecard.terminal.hotlist.Hotlist;
import cn.onecard.terminal.hotlist.LockedReports;
import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.tap.TapRequest;
import cn.onecard.terminal.tap.TapResult;
import cn.onecard.terminal.tap.Validator;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.wire.Ride;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code terminal tap}: one card debited once. */
@Command(name = "tap", description = "Debits the card in a reader, with the PSAM in another, and keeps the record in the spool.",
        mixinStandardHelpOptions = true)
final class TapCommand implements Callable<Integer> {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    @Spec
    private CommandSpec spec = CommandSpec.create();   // this and all below: written by picocli
    @Mixin
    private DataOption data = new DataOption();
    @Option(names = "--reader", required = true, paramLabel = "NAME", description = "where the card is tapped")
    private String reader = "";
    @Option(names = "--psam", required = true, paramLabel = "NAME", description = "the reader with the PSAM in it")
    private String psam = "";
    @Option(names = "--amount", required = true, paramLabel = "FEN", description = "what to debit")
    private long amountFen;
    @Option(names = "--full-fare", paramLabel = "FEN", description = "the fare before any concession (default: the amount)")
    private Optional<Long> fullFareFen = Optional.empty();
    @Option(names = "--type", paramLabel = "6|9", defaultValue = "6", description = "purchase or composite purchase (default: ${DEFAULT-VALUE})")
    private int txnType;
    @Option(names = "--service", defaultValue = "BUS", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ServiceCode service = ServiceCode.BUS;
    @Option(names = "--ride", defaultValue = "SINGLE", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RideKind ride = RideKind.SINGLE;
    @Option(names = "--party", defaultValue = "1", paramLabel = "N", description = "the operator (default: ${DEFAULT-VALUE})")
    private int party;
    @Option(names = "--line", defaultValue = "1", paramLabel = "N", description = "the line (default: ${DEFAULT-VALUE})")
    private int line;
    @Option(names = "--station", defaultValue = "1", paramLabel = "N", description = "the station (default: ${DEFAULT-VALUE})")
    private int station;
    @Option(names = "--tariff", defaultValue = "1", paramLabel = "N", description = "the fare table's version (default: ${DEFAULT-VALUE})")
    private int tariff;
    @Option(names = "--wait", defaultValue = "30", paramLabel = "SECONDS", description = "how long to wait for a card (default: ${DEFAULT-VALUE})")
    private int waitSeconds;

    @Override
    public Integer call() throws Exception {
        Clock clock = Clock.system(CHINA);
        PrintWriter out = spec.commandLine().getOut();
        Hotlist hotlist = data.hotlist().read();
        try (OpenSpool opened = OpenSpool.open(data.spool());
                Readers readers = Readers.pcsc(ReaderSettings.standard());
                // A running number that survives restarts without a file: nobody taps twice a second by hand.
                Validator validator = Validator.open(readers.reader(reader), readers.reader(psam), opened.spool(),
                        () -> clock.instant().getEpochSecond() & 0xFFFF_FFFFL, new Validator.Rules(CardFamily.STANDARD, () -> hotlist))) {
            Reader pad = readers.reader(reader);
            if (!pad.awaitPresent(Duration.ofSeconds(waitSeconds))) {
                out.println("no card came");
                return 1;
            }
            TapRequest request = request(clock);
            TapResult result = validator.tap(request);
            if (result instanceof TapResult.Listed listed) {
                data.lockedReports().add(new LockedReports.Report(UUID.randomUUID().toString(), validator.terminal(), listed.card(), request.at(), listed.isBlocked()));
            }
            return tell(result, out);
        }
    }

    private TapRequest request(Clock clock) {
        Money amount = Money.ofFen(amountFen);
        Ride what = new Ride(new PartyId(party), service.code(), line, station, ride.code(), Money.ofFen(fullFareFen.orElse(amountFen)), tariff);
        return new TapRequest(amount, txnType, EventTime.of(LocalDateTime.now(clock)), what);
    }

    private static int tell(TapResult result, PrintWriter out) {
        return switch (result) {
            case TapResult.Paid paid -> {
                out.printf("paid %s yuan, %s yuan left; card %s, tap %s, TAC %s: in the spool ('drain' sends it)%n",
                        paid.frame().debit().amount().yuan(), paid.balanceAfter().yuan(), paid.frame().card().cardNo(), paid.frame().key(),
                        paid.frame().debit().tac());
                yield 0;
            }
            case TapResult.Refused refused -> {
                out.printf("refused: %s%n", refused.why());
                yield 1;
            }
            case TapResult.Listed listed -> {
                out.printf("refused: card %s is on the hotlist, reason %d%s; to be reported ('hotlist' reports it)%n", listed.card(), listed.reason(),
                        listed.isBlocked() ? ", and is blocked now" : "");
                yield 1;
            }
            case TapResult.Unknown unknown -> {
                out.printf("outcome unknown, tap %s: in the spool as a grey record%n", unknown.grey().key());
                yield 1;
            }
        };
    }
}
