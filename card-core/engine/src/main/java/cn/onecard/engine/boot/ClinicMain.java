package cn.onecard.engine.boot;

import cn.onecard.engine.flow.MedicalAnswer;
import cn.onecard.engine.medical.MedicalSettlement;
import cn.onecard.engine.medical.MedicalState;
import cn.onecard.engine.medical.MedicalStatistics;
import cn.onecard.sql.DatabaseUnavailable;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The counter of a clinic: visits, and what an operator does about settlements. */
@Command(name = "clinic", description = "Doctors' bills that the health insurance shares.", mixinStandardHelpOptions = true, subcommands = ClinicVisitCommand.class)
public final class ClinicMain {
    @Spec
    private CommandSpec spec = CommandSpec.create();        // written by picocli

    private ClinicMain() {}

    /** Runs a command and exits: 0 done, 1 it could not be done, 2 wrongly called. */
    public static void main(String[] args) {
        System.exit(line().execute(args));
    }

    /** The command line. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new ClinicMain());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof DatabaseUnavailable || failure instanceof OperationFailed) {
                command.getErr().println("onecard clinic: " + failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line;
    }

    @Command(name = "cancel", description = "Takes a paid settlement back: the insurance first, then the card.", mixinStandardHelpOptions = true)
    int cancel(@Mixin ClinicOption clinic, @Parameters(paramLabel = "SETTLEMENT") String id,
            @Option(names = "--reason", defaultValue = "cancelled at the counter", description = "why (default: ${DEFAULT-VALUE})") String reason) throws Exception {
        if (!id.matches("[0-9a-f]{32}")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a settlement has 32 hexadecimal digits");
        }
        return clinic.work(desk -> switch (desk.desk().cancel(id, reason)) {
            case MedicalAnswer.No no -> throw new OperationFailed("it is not taken back: " + no.reason());
            case MedicalAnswer.Stands stands -> {
                print(spec, stands.settlement());
                yield stands.settlement().state() == MedicalState.CANCELLED ? 0 : 1;
            }
        });
    }

    @Command(name = "resume", description = "Takes up settlements that nobody works on any more.", mixinStandardHelpOptions = true)
    int resume(@Mixin ClinicOption clinic) throws Exception {
        return clinic.work(desk -> {
            out().println(desk.desk().resume() + " taken up");
            return 0;
        });
    }

    @Command(name = "decide", description = "Lets the insurance's statement of a day decide what is in doubt, and compares the totals.", mixinStandardHelpOptions = true)
    int decide(@Mixin ClinicOption clinic, @Parameters(paramLabel = "DAY") LocalDate day) throws Exception {
        return clinic.work(desk -> {
            Optional<Boolean> equal = desk.desk().decide(day);
            if (equal.isEmpty()) {
                throw new OperationFailed("the insurance does not answer; nothing was compared");
            }
            out().println(equal.get() ? "both sides agree" : "the totals differ");
            return equal.get() ? 0 : 1;
        });
    }

    @Command(name = "statistic", description = "Writes the totals of the categories of a day, all that leaves of what was done to patients.", mixinStandardHelpOptions = true)
    int statistic(@Mixin ClinicOption clinic, @Parameters(paramLabel = "DAY") LocalDate day) throws Exception {
        return clinic.work(desk -> {
            Map<String, MedicalStatistics.Total> totals = new MedicalStatistics(desk.dsl(), desk.settlements()).write(desk.party(), day);
            totals.forEach((category, total) -> out().printf(Locale.ROOT, "%s %d fen, %d lines%n", category, total.amountFen(), total.lines()));
            out().println(totals.size() + " categories");
            return 0;
        });
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Says how a settlement stands, and who pays what. */
    static void print(CommandSpec spec, MedicalSettlement settlement) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(settlement);
        settlement.legs().forEach(leg -> out.printf("  %-16s %s yuan%n", leg.kind(), leg.amount().yuan()));
        out.flush();
    }
}
