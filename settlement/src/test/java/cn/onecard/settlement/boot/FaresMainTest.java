package cn.onecard.settlement.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of the fare office: what they print and how they end. */
class FaresMainTest {
    @TempDir
    private Path folder = Path.of(".");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = FaresMain.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void importAndPrice_plainTable_printsTheSteps() throws IOException {
        String source = file("od.csv", "from,to,fare\nNorth,South,3.50\n");
        String table = folder.resolve("od.fares").toString();

        assertThat(run("import", "--od", source, "--out", table)).as(err.toString()).isZero();
        assertThat(run("price", "--rules", table, "--service", "METRO", "--from", "North", "--to", "South")).as(err.toString()).isZero();

        assertThat(out.toString()).contains("fare table 1 in CNY written to", "350 fen by pair,od,1,2,350", "charge: 350 fen");
    }

    @Test
    void import_sourceIsWrong_isOneLineAndNoFile() throws IOException {
        assertThat(run("import", "--od", file("od.csv", "from,to,fare\nNorth,South,free\n"), "--out", folder.resolve("x").toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("od.csv, line 2: fare is no amount: free" + System.lineSeparator());
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void price_tableIsWrongOrHasNoFare_saysWhy() throws IOException {
        String wrong = file("wrong.fares", "version,1\nflat,BUS,1\n");
        assertThat(run("price", "--rules", wrong, "--service", "BUS")).isEqualTo(1);
        assertThat(err.toString()).contains("wrong.fares, line 2: 'flat' takes 3 values, not 2");
        String right = file("right.fares", "version,1\nflat,BUS,1,200\n");
        assertThat(run("price", "--rules", right, "--service", "BUS", "--line", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("no fare for BUS, line 2");
        assertThat(run("price", "--rules", right, "--service", "BUS", "--line", "K12")).isEqualTo(1);
        assertThat(err.toString()).contains("the fare table names no K12");
        assertThat(run("price", "--rules", folder.resolve("none").toString(), "--service", "BUS")).isEqualTo(1);
        assertThat(err.toString()).contains("no such file: ");
    }

    @Test
    void audit_swipes_areSummedUpAndListed() throws IOException {
        String swipes = file("swipes.csv", """
                card_no,deal_date,deal_type,deal_money,deal_value,equ_no,company_name,station,car_no,conn_mark,close_date
                A,2018-09-01 08:00:00,巴士,160,200,1,巴士集团,1路,,0,2018-09-01 00:00:00
                B,2018-09-01 08:00:01,巴士,170,200,1,巴士集团,1路,,0,2018-09-01 00:00:00
                """);
        String rules = file("rules.fares", "version,1\norder,discount,round\ndeclared,BUS,*,9900\ndiscount,BUS,*,*,*,80\n");
        Path list = folder.resolve("list.csv");

        assertThat(run("audit", "--swipes", swipes, "--rules", rules, "--out", list.toString())).as(err.toString()).isZero();

        assertThat(out.toString().replaceAll(" +", " ")).contains(" 2 swipes", " 1 as ORDINARY", " 1 TOO_HIGH");
        assertThat(Files.readAllLines(list)).hasSize(2).last().asString().startsWith("3,B,2018-09-01T08:00:01,BUS,1路,200,170,0,TOO_HIGH,\"charged 170 fen: ");
    }

    @Test
    void anyCommand_wrongUsage_endsWithTwo() {
        assertThat(run("import", "--out", "x")).isEqualTo(2);
        assertThat(run("price")).isEqualTo(2);
    }
}
