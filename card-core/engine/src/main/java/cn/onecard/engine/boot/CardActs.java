package cn.onecard.engine.boot;

import cn.onecard.engine.office.CardAnswer;
import cn.onecard.engine.office.CardAsk;
import cn.onecard.engine.office.CardChange;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.office.PurseClaim;
import cn.onecard.engine.order.CallKey;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code card activate}, {@code lost}, {@code found}, {@code replace}, {@code close}, {@code renew} and {@code kind}. The card is changed here and now; a
 *  running core follows within a second, and moves the money that follows. */
final class CardActs {
    private CardActs() {}

    /** What all of them are told. */
    abstract static class Act implements Callable<Integer> {
        @Mixin
        private DataDir data = new DataDir();       // written by picocli

        @Spec
        private CommandSpec spec = CommandSpec.create();       // written by picocli

        @Parameters(index = "0", paramLabel = "CARD", converter = AccountOption.CardNoConverter.class, description = "card number, 20 digits")
        private CardNo card = new CardNo(0, 0);     // written by picocli

        @Option(names = "--actor", required = true, paramLabel = "NAME", description = "who does it, at most 64 characters")
        private String actor = "";      // written by picocli

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, at most 80 characters")
        private String reason = "";     // written by picocli

        @Option(names = "--key", paramLabel = "KEY", description = "by which the same request is known again (default: a new one)")
        private @Nullable String key;       // written by picocli

        @Option(names = "--claim-days", paramLabel = "N", defaultValue = "" + Desks.CLAIM_DAYS,
                description = "how long the purse of a card that nobody could read is waited for (default: ${DEFAULT-VALUE})")
        private int claimDays;      // written by picocli

        abstract CardChange change();

        @Override
        public Integer call() {
            CardAsk ask = ask();
            try (HikariDataSource pool = Database.open(data.root(), Account.ENGINE).pool("card", 1)) {
                return switch (new OfficeTable(Database.dsl(pool), claimDays).act(ask)) {
                    case CardAnswer.No no -> throw new OperationFailed("it is not done: " + no.reason() + (no.detail().isEmpty() ? "" : ", " + no.detail()));
                    case CardAnswer.Done done -> tell(done);
                };
            }
        }

        private CardAsk ask() {
            try {
                CallKey call = CallKey.ofHouse("console", key != null ? key : UUID.randomUUID().toString());
                return new CardAsk(call, card, change(), new CardAsk.Because(actor, reason), Clock.systemUTC().instant());
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }

        private int tell(CardAnswer.Done done) {
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s: %s -> %s%s%n", done.act().kind(), done.act().course().from(), done.act().course().to(),
                    done.act().changed().isEmpty() ? "" : ", " + done.act().changed());
            done.claim().ifPresent(claim -> out.println(text(claim)));
            out.flush();
            return 0;
        }
    }

    /** How a claim stands, in a line. */
    static String text(PurseClaim claim) {
        return switch (claim.state()) {
            case WAITING -> "its purse is paid to the wallet of card " + claim.heir().masked() + (claim.face().isPresent() ? " at once: " + claim.face().get().yuan() + " yuan"
                    : " from " + claim.dueOn() + " on, as the books say then");
            case PAID -> "its purse was paid to the wallet of card " + claim.heir().masked() + ": " + claim.amount().yuan() + " yuan";
            case NOTHING -> "its purse held nothing";
            case BELOW_NOTHING -> "its purse was tapped for " + claim.amount().yuan() + " yuan more than it ever held: somebody must look at it";
        };
    }

    private static Optional<Money> face(@Nullable Long fen) {
        return Optional.ofNullable(fen).map(Money::ofFen);
    }

    /** {@code card activate}. */
    @Command(name = "activate", description = "The card is handed out.", mixinStandardHelpOptions = true)
    static final class Activate extends Act {
        @Override
        CardChange change() {
            return new CardChange.Activate();
        }
    }

    /** {@code card lost}. */
    @Command(name = "lost", description = "Its owner has lost it: it is refused, its accounts are blocked.", mixinStandardHelpOptions = true)
    static final class Lost extends Act {
        @Override
        CardChange change() {
            return new CardChange.ReportLost();
        }
    }

    /** {@code card found}. */
    @Command(name = "found", description = "It is there again.", mixinStandardHelpOptions = true)
    static final class Found extends Act {
        @Override
        CardChange change() {
            return new CardChange.Found();
        }
    }

    /** {@code card replace}. */
    @Command(name = "replace", description = "Another card takes its place: its accounts move at once, what its purse held later.", mixinStandardHelpOptions = true)
    static final class Replace extends Act {
        @Option(names = "--new-card", required = true, paramLabel = "CARD", converter = AccountOption.CardNoConverter.class, description = "issued, and not yet handed out")
        private CardNo newCard = new CardNo(0, 0);      // written by picocli

        @Option(names = "--face", paramLabel = "FEN", description = "what the card says that it holds, if it was read and blocked")
        private @Nullable Long face;        // written by picocli

        @Override
        CardChange change() {
            return new CardChange.Replace(newCard, face(face));
        }
    }

    /** {@code card close}. */
    @Command(name = "close", description = "It is given back for good; what its purse held goes to its wallet.", mixinStandardHelpOptions = true)
    static final class Close extends Act {
        @Option(names = "--face", paramLabel = "FEN", description = "what the card says that it holds, if it was read and blocked")
        private @Nullable Long face;        // written by picocli

        @Override
        CardChange change() {
            return new CardChange.Close(face(face));
        }
    }

    /** {@code card renew}. */
    @Command(name = "renew", description = "It is valid for longer.", mixinStandardHelpOptions = true)
    static final class Renew extends Act {
        @Option(names = "--valid-to", required = true, paramLabel = "DATE", description = "last day, inclusive")
        private LocalDate validTo = LocalDate.EPOCH;        // written by picocli

        @Override
        CardChange change() {
            return new CardChange.Renew(validTo);
        }
    }

    /** {@code card kind}. */
    @Command(name = "kind", description = "It is of another concession class, from the moment at which the card itself was written.", mixinStandardHelpOptions = true)
    static final class Kind extends Act {
        @Option(names = "--kind", required = true, description = "${COMPLETION-CANDIDATES}")
        private CardKind kind = CardKind.ORDINARY;      // written by picocli

        @Override
        CardChange change() {
            return new CardChange.ChangeKind(kind);
        }
    }
}
