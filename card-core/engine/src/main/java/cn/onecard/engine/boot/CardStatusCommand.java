package cn.onecard.engine.boot;

import cn.onecard.engine.card.CardMaster;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.CardNo;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code card status}. */
@Command(name = "status", description = "Says how a card stands, what was done with it and by whom.", mixinStandardHelpOptions = true)
final class CardStatusCommand implements Callable<Integer> {
    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Parameters(paramLabel = "CARD", converter = AccountOption.CardNoConverter.class, description = "card number, 20 digits")
    private CardNo card = new CardNo(0, 0);     // written by picocli

    @Override
    public Integer call() {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("card", 1)) {
            DSLContext dsl = Database.dsl(pool);
            CardMaster master = new RegisterTable(dsl).readCards(List.of(card)).get(card);
            if (master == null) {
                throw new OperationFailed("no card " + card + " is registered");
            }
            OfficeTable office = new OfficeTable(dsl, Desks.CLAIM_DAYS);
            PrintWriter out = spec.commandLine().getOut();
            out.printf("card %s: %s since %s, %s, valid %s to %s; its purse holds %s yuan by the sealed days%n", card, master.state(), master.stateSince(), master.kind(),
                    master.validFrom(), master.validTo(), office.books(card).yuan());
            office.list(card).forEach(act -> out.printf("  %s  %-11s %s -> %s  by %s: %s%s%s%n", act.at(), act.kind(), act.course().from(), act.course().to(),
                    act.course().who().actor(), act.course().who().reason(), act.newCard().map(other -> "; in its place " + other.masked()).orElse(""),
                    act.changed().isEmpty() ? "" : "; " + act.changed()));
            office.findClaim(card).ifPresent(claim -> out.println("  " + CardActs.text(claim)));
            out.flush();
            return 0;
        }
    }
}
