package cn.onecard.settlement.demo;

import cn.onecard.vocabulary.BusinessDate;
import cn.onecard.vocabulary.Money;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the demo found, for a person and as JSON. The figures of a tap's outcome add up to the taps sent. */
final class Summary {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Number of the wallets in the chart of accounts. */
    private static final int WALLETS = 2011;

    private final BusinessDate day;
    private final Books books;
    private final JsonNode terminal;
    private final ErrandReport errands;
    private final JsonNode settlement;
    private final JsonNode extract;
    private final List<Check> checks = new ArrayList<>();

    Summary(BusinessDate day, Books books, Reports reports) {
        this.day = day;
        this.books = books;
        this.terminal = reports.terminal();
        this.errands = reports.errands();
        this.settlement = reports.settlement();
        this.extract = reports.extract();
    }

    /** What the programs reported. */
    record Reports(JsonNode terminal, ErrandReport errands, JsonNode settlement, JsonNode extract) {}

    /** Something that must hold.
     *
     *  @param name what, in words
     *  @param pass whether it does */
    record Check(String name, boolean pass) {}

    /** Holds every figure against every other that must be equal to it.
     *
     *  @param planned the frames that the plan sends, counted from the plan
     *  @param verified whether {@code settle verify} said equal */
    void check(PlannedFrames planned, boolean verified) {
        long sent = terminal.path("sent").asLong();
        equal("every frame planned was sent", planned.sent(), sent);
        equal("every frame sent has exactly one answer", sent, outcome("ACCEPTED") + outcome("SUSPECT") + outcome("DUPLICATE")
                + outcome("CONFLICT") + outcome("FORGED") + outcome("MALFORMED"));
        equal("every frame sent twice was answered as a duplicate", planned.resent(), outcome("DUPLICATE"));
        equal("every altered frame was answered as a conflict", planned.altered(), outcome("CONFLICT"));
        equal("every invented frame was answered as forged", planned.invented(), outcome("FORGED"));
        equal("acknowledged as accepted = posted in the ledger", outcome("ACCEPTED"), books.accepted());
        equal("acknowledged as suspect = in suspense in the ledger", outcome("SUSPECT"), books.suspect());
        equal("conflicts are kept as evidence", outcome("CONFLICT"), books.conflict());
        equal("forgeries are kept as evidence", outcome("FORGED"), books.forged());
        equal("money that left the cards = money in the ledger", terminal.path("debitedFen").asLong(), debitedFen());
        equal("the cards' balances fell by what was debited", terminal.path("openingBalanceFen").asLong()
                - terminal.path("cardsBalanceFen").asLong(), terminal.path("debitedFen").asLong());
        equal("the plan's charges = money that left the cards", planned.amountFen(), terminal.path("debitedFen").asLong());
        equal("settled = credited in the ledger", books.acceptedFen(), settlement.path("acceptedFen").asLong());
        equal("the net positions add up to zero", 0, settlement.path("netSumFen").asLong(1));
        checkErrands();
        equal("what parties are owed, less what they took in = taps + payments - deposits",
                books.acceptedFen() + errands.spentFen() - errands.depositedFen(), owedFen());
        checks.add(new Check("settle verify recomputes the same day", verified));
        checks.add(new Check("the extract has rows and passed its verifier", extract.path("rows").asLong() > 0));
    }

    private void checkErrands() {
        equal("every errand planned was done", errands.planned(), errands.done());
        equal("paid into wallets = planned", errands.plannedDepositsFen(), errands.depositedFen());
        for (JsonNode domain : settlement.path("domains")) {
            String name = domain.path("domain").asText();
            equal("paid on line in " + name + " = what people were told", errands.paidFen(name), domain.path("paidFen").asLong());
            equal("given back in " + name + " = what people were told", -errands.takenBackFen(name), domain.path("refundedFen").asLong());
        }
        equal("the billers' own statements = bills that people were told are paid", errands.toldBilledFen(), errands.billedFen());
        equal("cases between a biller's statement and our books", 0, errands.cases());
        long sum = 0;
        for (JsonNode account : settlement.path("trialBalance")) {
            sum = Math.addExact(sum, account.path("balanceFen").asLong());
            if (account.path("account").asInt() == WALLETS) {
                equal("wallets hold what was paid in less what was spent", errands.depositedFen() - errands.spentFen(), account.path("balanceFen").asLong());
            }
        }
        equal("the trial balance adds up to zero", 0, sum);
    }

    boolean allPass() {
        return checks.stream().allMatch(Check::pass);
    }

    /** Writes the summary as JSON. */
    void writeJson(Path file, List<Stages.Timed> stages) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("business_date", day.toString());
        root.putObject("taps").put("sent", terminal.path("sent").asLong()).put("posted", books.accepted())
                .put("duplicate", outcome("DUPLICATE")).put("conflict", outcome("CONFLICT"))
                .put("suspect", books.suspect()).put("forged", books.forged());
        root.putObject("money").put("debited_fen", debitedFen()).put("credited_fen", books.acceptedFen())
                .put("suspense_fen", books.suspenseFen());
        root.putObject("errands").put("asked", errands.asked()).put("done", errands.done());
        root.set("domains", settlement.path("domains"));
        root.set("trial_balance", settlement.path("trialBalance"));
        ObjectNode settled = root.putObject("settlement");
        settled.put("parties", settlement.path("parties").asLong()).put("net_sum_fen", settlement.path("netSumFen").asLong())
                .put("findings", settlement.path("findings").asLong()).put("merkle_root", settlement.path("merkleRoot").asText());
        settled.set("files", settlement.path("files"));
        settled.set("positions", settlement.path("positions"));
        ObjectNode published = root.putObject("extract");
        published.put("rows", extract.path("rows").asLong()).put("suppressed", extract.path("suppressed").asLong());
        published.set("files", extract.path("files"));
        ArrayNode list = root.putArray("stages");
        stages.forEach(s -> list.addObject().put("name", s.name()).put("millis", s.millis()));
        ArrayNode checked = root.putArray("checks");
        checks.forEach(c -> checked.addObject().put("name", c.name()).put("pass", c.pass()));
        JSON.writeValue(file.toFile(), root);
    }

    /** Prints the summary for a person.
     *
     *  @param data the demo's data folder, where the files are */
    void print(PrintStream out, Path data) {
        out.printf("%nTaps of %s%n", day);
        line(out, "sent by the terminals", terminal.path("sent").asLong(), "");
        line(out, "posted", books.accepted(), yuan(books.acceptedFen()));
        line(out, "suspect, held in suspense", books.suspect(), yuan(books.suspenseFen()));
        line(out, "duplicates, answered again", outcome("DUPLICATE"), "");
        line(out, "conflicts, kept as evidence", outcome("CONFLICT"), "");
        line(out, "forged, kept as evidence", outcome("FORGED"), "");
        out.printf("%nMoney%n");
        out.printf("  %-34s %14s%n", "left the cards", yuan(debitedFen()));
        out.printf("  %-34s %14s%n", "credited to parties", yuan(books.acceptedFen()));
        out.printf("  %-34s %14s%n", "in suspense", yuan(books.suspenseFen()));
        out.printf("  money in = money out: %s%n", debitedFen() == books.acceptedFen() + books.suspenseFen() ? "yes" : "NO");
        out.printf("%nDomains%n");
        for (JsonNode domain : settlement.path("domains")) {
            out.printf("  %-12s %8d taps %7d payments %5d refunds %17s%n", domain.path("domain").asText(), domain.path("taps").asLong(),
                    domain.path("payments").asLong(), domain.path("refunds").asLong(), yuan(domain.path("netFen").asLong()));
        }
        out.printf("%nWho is owed what (below zero: took money in for wallets)%n");
        for (JsonNode position : settlement.path("positions")) {
            if (position.path("party").asInt() > 0) {
                out.printf("  %-6d %14s  %s%n", position.path("party").asInt(), yuan(position.path("netFen").asLong()),
                        position.path("name").asText());
            }
        }
        out.printf("%nFiles%n");
        files(out, data.resolve("settlement").resolve(day.toString()), settlement.path("files"));
        files(out, data.resolve("extract").resolve(day.toString()), extract.path("files"));
        out.printf("  the extract has %d rows, %d of them suppressed to protect the people behind them%n",
                extract.path("rows").asLong(), extract.path("suppressed").asLong());
        out.printf("%nChecks%n");
        checks.forEach(check -> out.printf("  [%s] %s%n", check.pass() ? "ok" : "FAILED", check.name()));
    }

    private static void files(PrintStream out, Path folder, JsonNode files) {
        for (JsonNode file : files) {
            out.printf("  %s%n", folder.resolve(file.isTextual() ? file.asText() : file.path("name").asText()));
        }
    }

    private static void line(PrintStream out, String what, long count, String money) {
        out.printf("  %-34s %9d %14s%n", what, count, money);
    }

    private void equal(String name, long expected, long found) {
        checks.add(new Check(expected == found ? name : name + " (" + expected + " and " + found + ")", expected == found));
    }

    private long outcome(String name) {
        return terminal.path("outcomes").path(name).asLong();
    }

    private long debitedFen() {
        return books.acceptedFen() + books.suspenseFen();
    }

    private long owedFen() {
        long owed = 0;
        for (JsonNode position : settlement.path("positions")) {
            if (position.path("party").asInt() > 0) {
                owed = Math.addExact(owed, position.path("netFen").asLong());
            }
        }
        return owed;
    }

    private static String yuan(long fen) {
        return Money.ofFen(fen).yuan() + " 元";
    }
}
