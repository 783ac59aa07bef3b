package cn.onecard.engine.boot;

import cn.onecard.engine.office.AccountMove;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.office.PurseClaim;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code card open}. */
@Command(name = "open", description = "Lists what is still owed to people whose cards are no more, and what is on its way to the cards in their place.",
        mixinStandardHelpOptions = true)
final class CardOpenCommand implements Callable<Integer> {
    private static final int MOST = 1_000;

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();       // written by picocli

    @Override
    public Integer call() {
        try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("card", 1)) {
            OfficeTable office = new OfficeTable(Database.dsl(pool), Desks.CLAIM_DAYS);
            PrintWriter out = spec.commandLine().getOut();
            List<PurseClaim> claims = office.listOpenClaims(MOST);
            claims.forEach(claim -> out.printf("card %s: %s%n", claim.card(), CardActs.text(claim)));
            List<AccountMove> moves = office.listMoves(MOST);
            moves.forEach(move -> out.printf("card %s: %s yuan of its account %s %s to card %s%n", move.from().cardNo(), move.amount().yuan(), move.from().kind(),
                    move.isUnderWay() ? "are on their way" : "will move", move.to().cardNo()));
            if (claims.isEmpty() && moves.isEmpty()) {
                out.println("nothing is open");
            }
            out.flush();
            return 0;
        }
    }
}
