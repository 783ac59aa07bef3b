package cn.onecard.engine.boot;

import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.flow.SaleDesk;
import cn.onecard.engine.order.PaymentLimits;
import cn.onecard.engine.order.Payments;
import cn.onecard.engine.partner.FaultPlan;
import cn.onecard.engine.partner.register.ShopTill;
import cn.onecard.engine.partner.register.TillPlan;
import cn.onecard.engine.partner.register.UploadLine;
import cn.onecard.engine.rail.register.MalformedSale;
import cn.onecard.engine.rail.register.SaleJson;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jooq.DSLContext;
import org.jooq.exception.NoDataFoundException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays a till of a shop that was off line: it sells from a seed and uploads until all of it is acknowledged, at a desk of its own on
 *  the same database. Fails if an answer is not what it must be. */
@Command(name = "register", description = "A shop's till that uploads what it sold off line, and checks what it is answered.", mixinStandardHelpOptions = true)
final class TillPartnerCommand implements Callable<Integer> {
    private static final String NODE = "till";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Option(names = "--sales", paramLabel = "N", defaultValue = "1000", description = "how many (default: ${DEFAULT-VALUE})")
    private int sales;          // written by picocli

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "what is sold and what goes wrong is made of it (default: ${DEFAULT-VALUE})")
    private long seed;          // written by picocli

    @Option(names = "--store", paramLabel = "NO", defaultValue = "store-1", description = "number of the shop (default: ${DEFAULT-VALUE})")
    private String store = "store-1";       // written by picocli

    @Option(names = "--party", paramLabel = "N", defaultValue = "7", description = "whose shop it is (default: ${DEFAULT-VALUE})")
    private int party;          // written by picocli

    @Option(names = "--service", paramLabel = "CODE", defaultValue = "20", description = "service code of the shop (default: ${DEFAULT-VALUE})")
    private int service;        // written by picocli

    @Option(names = "--card", paramLabel = "CARD", description = "card whose wallet pays for some of it; may stand several times")
    private List<String> cards = new ArrayList<>();     // written by picocli

    @Option(names = "--wrong-sums", paramLabel = "PERCENT", defaultValue = "2", description = "how many sales do not add up (default: ${DEFAULT-VALUE})")
    private int wrongPercent;   // written by picocli

    @Option(names = "--faults", paramLabel = "F=PERCENT,..", defaultValue = "", description = "what goes wrong with uploads: slow (sent after later ones), drop-before, "
            + "drop-after, garbage, twice, others (a number used again)")
    private String faults = "";         // written by picocli

    @Override
    public Integer call() throws InterruptedException {
        TillPlan plan = plan();
        Database database = Database.open(data.root(), Account.ENGINE);
        try (HikariDataSource pool = database.pool("sales", 2); HikariDataSource payPool = database.transactionPool("payments", 2)) {
            DSLContext dsl = Database.dsl(pool);
            PaymentCorridor corridor = PaymentCorridor.open(
                    Payments.open(new Payments.Settings(NODE, 1, PaymentLimits.STANDARD), payPool, dsl, new SimpleMeterRegistry()), new SimpleMeterRegistry());
            SaleDesk desk = SaleDesk.open(NODE, dsl, corridor, Clock.systemUTC());
            ShopTill.Tally tally = new ShopTill(plan, line(desk)).play();
            corridor.close(PATIENCE);
            return print(tally);
        } catch (NoDataFoundException e) {
            throw new OperationFailed("the books were never begun: './onecard core serve' begins them");
        }
    }

    private UploadLine line(SaleDesk desk) {
        SaleJson.Merchant merchant = new SaleJson.Merchant("shop-" + party, new PartyId(party), service);
        return message -> {
            try {
                return Optional.of(SaleJson.write(desk.upload(SaleJson.readUpload(merchant, message))));
            } catch (MalformedSale e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                throw new OperationFailed("nobody knows whether a sale was paid: " + e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationFailed("interrupted");
            }
        };
    }

    private int print(ShopTill.Tally tally) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%d sales in %d uploads, acknowledged through %d%n", sales, tally.uploads(), tally.ackedThrough());
        new TreeMap<>(tally.answers()).forEach((word, count) -> out.printf("  %s %d%n", word, count));
        out.printf("taken: %s yuan%n", Money.ofFen(tally.takenFen()).yuan());
        out.flush();
        if (!tally.wrong().isEmpty()) {
            throw new OperationFailed(tally.wrong().size() + " answers were wrong, the first: " + tally.wrong().getFirst());
        }
        return 0;
    }

    private TillPlan plan() {
        try {
            return new TillPlan(store, sales, cards, wrongPercent, FaultPlan.parse(faults, seed), seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
