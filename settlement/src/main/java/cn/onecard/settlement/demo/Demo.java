package cn.onecard.settlement.demo;

import cn.onecard.settlement.city.City;
import cn.onecard.settlement.city.CityFiles;
import cn.onecard.settlement.city.CityPayments;
import cn.onecard.settlement.demo.Programs.Program;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** One day of a city, from the first tap to the published extract. Reads as the list of its stages. */
public final class Demo {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "demo-city";
    private static final String BANK = "bank/bank.json";
    private static final String BANK_TERMINALS = "8";
    /** So little that most patients pay a part themselves. */
    private static final String PERSONAL_ACCOUNT_FEN = "3000";
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final City city;
    private final Path data;
    private final long seed;
    private final Programs programs;
    private final Stages stages;
    private final PrintStream out;
    private final Clock clock;
    private final boolean ownServer;
    private @Nullable JsonNode core;
    private @Nullable JsonNode portal;
    private String token = "";

    /** A demo about to run.
     *
     *  @param bars whether to draw progress bars
     *  @param ownServer whether to start the embedded database, rather than use the one that ONECARD_DB_URL names */
    public Demo(City city, Places places, long seed, boolean bars, boolean ownServer) {
        this.city = city;
        this.data = places.data();
        this.seed = seed;
        this.out = places.out();
        this.clock = places.clock();
        this.programs = new Programs(places.home(), places.data());
        this.stages = new Stages(places.out(), bars);
        this.ownServer = ownServer;
    }

    /** Where a demo reads, writes and speaks.
     *
     *  @param home the project's folder, built
     *  @param data where everything is written; an earlier demo there is replaced
     *  @param out where the summary is printed
     *  @param clock by which the billers' day is told */
    public record Places(Path home, Path data, PrintStream out, Clock clock) {}

    /** Plays the day.
     *
     *  @param report where the summary goes as JSON, if anywhere
     *  @return whether every check holds */
    public boolean play(@Nullable Path report) throws IOException, InterruptedException, DemoFailed {
        out.printf("A day of a city: %d cards, %d terminals, %d acts on %s%n", city.cards().size(), city.psams().size(),
                city.plan().size(), city.day());
        clearEarlierDemo();
        Path terminalReport = data.resolve("run/terminal.json");
        Path errandReport = data.resolve("run/errands.json");
        Path settleReport = data.resolve("run/settle.json");
        Path extractReport = data.resolve("run/extract.json");
        String day = city.day().toString();

        List<CityPayments.Errand> errands = CityPayments.make(seed, city);
        stages.run("write the city", progress -> {
            CityFiles.write(city, data.resolve("city"));
            CityFiles.writeErrands(errands, data.resolve("city"));
        });
        stages.run(ownServer ? "start the database" : "prepare the database", progress -> prepareDatabase());
        stages.run("keys, certificates, cards", progress -> issue());
        stages.run("start bank, billers and insurance", progress -> startPartners());
        stages.run("start the core", progress -> core = programs.start(Program.CORE, data.resolve("run/core.json"),
                "serve", "--business-date", day, "--bank", data.resolve(BANK).toString()));
        stages.run("tap cards, post taps", progress -> programs.run(Program.TERMINAL, progress,
                "play", "--gateway", City.GATEWAY, "--progress", "--report", terminalReport.toString()));
        stages.run("fill wallets, shop, pay bills, see a doctor", progress -> programs.run(Program.PARTNER, progress, counters(errandReport)));
        List<JsonNode> statements = new ArrayList<>();
        stages.run("hold the billers' statements against ours", progress -> statements.addAll(billersStatements()));
        stages.run("close and settle the day", progress -> {
            programs.run(Program.SETTLE, progress, "fees", "--file", data.resolve("city/fees.csv").toString());
            programs.run(Program.SETTLE, progress, "run", "--date", day, "--progress", "--report", settleReport.toString());
        });
        stages.run("publish the extract", progress -> programs.run(Program.EXTRACT, progress,
                "publish", "--date", day, "--progress", "--report", extractReport.toString()));
        boolean[] verified = {false};
        stages.run("verify the day from the ledger", progress -> verified[0] = verify(day));
        stages.run("open the analysts' portal", progress -> openPortal());

        Summary summary = new Summary(city.day(), books(sql -> Books.of(sql, city.day())),
                new Summary.Reports(read(terminalReport), ErrandReport.of(errands, read(errandReport), statements), read(settleReport), read(extractReport)));
        summary.check(PlannedFrames.of(city), verified[0]);
        summary.print(out, data);
        if (report != null) {
            summary.writeJson(report, stages.done());
            out.printf("%nReport: %s%n", report);
        }
        return summary.allPass();
    }

    /** Says which addresses to open while the demo stays up. */
    public void printAddresses() {
        out.printf("%nUp until Ctrl-C:%n");
        if (core != null) {
            out.printf("  core, metrics    http://127.0.0.1:%d/metrics%n", core.path("httpPort").asInt());
            out.printf("  core, health     http://127.0.0.1:%d/readyz%n", core.path("httpPort").asInt());
            out.printf("  core, terminals  127.0.0.1:%d (gRPC over mTLS)%n", core.path("grpcPort").asInt());
        }
        if (portal != null) {
            out.printf("  extracts         http://127.0.0.1:%d/   token: %s%n", portal.path("httpPort").asInt(), token);
        }
    }

    /** Ends everything that the demo started. */
    public void stop() throws IOException, InterruptedException, DemoFailed {
        programs.stopServers();
        if (ownServer && Files.exists(data.resolve("db"))) {
            programs.run(Program.DB, (done, of) -> { }, "stop");
        }
    }

    private void prepareDatabase() throws IOException, InterruptedException, DemoFailed {
        programs.run(Program.DB, (done, of) -> { }, ownServer ? "start" : "migrate");
        if (!ownServer && books(Books::hasDays)) {
            throw new DemoFailed("the database that ONECARD_DB_URL names holds business days already, and the demo wants an"
                    + " empty one; './onecard db reset' empties it");
        }
        programs.run(Program.DB, (done, of) -> { }, "partitions", "--from", city.day().toString(), "--days", "3");
    }

    private void issue() throws IOException, InterruptedException, DemoFailed {
        programs.run(Program.CORE, (done, of) -> { }, "keys", "--demo", "--seed", Long.toString(seed));
        programs.run(Program.CORE, (done, of) -> { }, "personalise");
        programs.run(Program.CORE, (done, of) -> { }, "certs", "--gateway", City.GATEWAY);
        programs.run(Program.CORE, (done, of) -> { }, "register");
    }

    /** As many of everything as people have wallets. */
    private void startPartners() throws IOException, InterruptedException, DemoFailed {
        String owners = Integer.toString(CityPayments.owners(city));
        List<Programs.Server> partners = new ArrayList<>();
        partners.add(new Programs.Server(Program.PARTNER, data.resolve(BANK), List.of("unionpay", "--cards", owners, "--terminals", BANK_TERMINALS)));
        partners.add(new Programs.Server(Program.PARTNER, data.resolve("clinics/clinic.json"), List.of("medical", "--persons", owners, "--account", PERSONAL_ACCOUNT_FEN)));
        for (CityPayments.CityBiller biller : CityPayments.BILLERS) {
            partners.add(new Programs.Server(Program.PARTNER, data.resolve("billers").resolve(biller.name() + ".json"), List.of("utility", "--name", biller.name(),
                    "--category", biller.category(), "--party", Integer.toString(biller.party()), "--service", Integer.toString(biller.serviceCode()),
                    "--style", biller.style(), "--accounts", owners)));
        }
        programs.start(partners);
    }

    private String[] counters(Path report) {
        List<String> arguments = new ArrayList<>(List.of("counters", "--file", data.resolve("city/errands.csv").toString(), "--progress", "--report", report.toString()));
        CityPayments.COUNTERS.forEach((name, party) -> arguments.addAll(List.of("--counter", name + "=" + party)));
        return arguments.toArray(String[]::new);
    }

    private List<JsonNode> billersStatements() throws IOException, InterruptedException, DemoFailed {
        String today = LocalDate.ofInstant(clock.instant(), CHINA).toString();
        List<JsonNode> statements = new ArrayList<>();
        for (CityPayments.CityBiller biller : CityPayments.BILLERS.stream().filter(CityPayments.CityBiller::hasStatement).toList()) {
            Path report = data.resolve("run/statement-" + biller.name() + ".json");
            programs.run(Program.PAY, (done, of) -> { }, "biller-statement", biller.name(), today, "--report", report.toString());
            statements.add(read(report));
        }
        return statements;
    }

    private boolean verify(String day) throws IOException, InterruptedException {
        try {
            programs.run(Program.SETTLE, (done, of) -> { }, "verify", "--date", day);
            return true;
        } catch (DemoFailed different) {
            out.println(different.getMessage());
            return false;
        }
    }

    private void openPortal() throws IOException, InterruptedException, DemoFailed {
        token = programs.run(Program.EXTRACT, (done, of) -> { }, "token", "--name", "demo").strip();
        portal = programs.start(Program.EXTRACT, data.resolve("run/portal.json"), "serve");
    }

    private <T> T books(Function<DSLContext, T> question) {
        try (HikariDataSource pool = Database.open(data, Account.SETTLEMENT).pool("demo", 1)) {
            return question.apply(Database.dsl(pool));
        }
    }

    private void clearEarlierDemo() throws IOException, InterruptedException, DemoFailed {
        Path mark = data.resolve(MARK);
        if (Files.exists(mark)) {
            refuseIfRunning();
            out.printf("Replacing the demo of %s in %s%n", Files.readString(mark).strip(), data);
            if (ownServer && Files.exists(data.resolve("db"))) {
                programs.run(Program.DB, (done, of) -> { }, "stop");
            }
            deleteTree(data);
        } else if (Files.exists(data) && !isEmpty(data)) {
            throw new DemoFailed(data + " is not empty and holds no demo. Name another folder with --data.");
        }
        Files.createDirectories(data.resolve("run"));
        Files.writeString(mark, city.day() + "\n");
    }

    /** A demo that is still up would lose its data under its feet. */
    private void refuseIfRunning() throws IOException, DemoFailed {
        Path ready = data.resolve("run/core.json");
        if (Files.exists(ready)) {
            long pid = read(ready).path("pid").asLong();
            boolean up = ProcessHandle.of(pid).flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("java")).isPresent();
            if (up) {
                throw new DemoFailed("a demo is still up in " + data + " (core: process " + pid
                        + "). End it with Ctrl-C, or name another folder with --data.");
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
