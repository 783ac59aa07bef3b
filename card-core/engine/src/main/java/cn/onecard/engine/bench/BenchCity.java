package cn.onecard.engine.bench;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The city that is measured: one operator, one bus line, gateways with terminals, and any number of cards. */
public final class BenchCity {
    /** Gateways, each with its own certificate and connection. */
    public static final int GATEWAYS = 4;
    /** Terminals behind each gateway. */
    public static final int TERMINALS_PER_GATEWAY = 250;
    public static final int PARTY = 1;
    public static final int LINE = 12;
    public static final int TARIFF = 1;
    public static final int FARE_FEN = 200;
    public static final long ISSUER = 0x0104_2900_FFFF_FFFFL;
    public static final int CITY_CODE = 0x2900;

    private static final long CARD_BASE = 3_000_000_000_000_000L;

    private final long terminalBase;

    /** A city whose terminals no other run has.
     *
     *  @param run any number; its low 16 bits count */
    public BenchCity(int run) {
        this.terminalBase = 0xBE00_0000_0000L | (run & 0xFFFFL) << 24;
    }

    /** A number for a run. */
    public static int anyRun(long seed) {
        return new SplittableRandom(seed).nextInt(1 << 16);
    }

    public static String gateway(int number) {
        return "bench-" + number;
    }

    public static List<String> gateways() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) {
            names.add(gateway(i));
        }
        return names;
    }

    /** A terminal that is enrolled.
     *
     *  @param gateway from 0
     *  @param number from 0, below {@link #TERMINALS_PER_GATEWAY} */
    public TerminalId terminal(int gateway, int number) {
        return new TerminalId(terminalBase + gateway * (long) TERMINALS_PER_GATEWAY + number);
    }

    /** No terminal of this city has a lower number. */
    public TerminalId lowest() {
        return new TerminalId(terminalBase);
    }

    /** No terminal of this city has a higher number. */
    public TerminalId highest() {
        return new TerminalId(terminalBase | 0xFF_FFFFL);
    }

    /** A terminal number for rows that go straight into the table.
     *
     *  @param group 1 to 254, one for each purpose
     *  @param number below 65536 */
    public TerminalId rowTerminal(int group, int number) {
        return new TerminalId(terminalBase + ((long) group << 16) + number);
    }

    /** A card.
     *
     *  @param number from 0 */
    public static CardNo card(int number) {
        return CardNo.ofDigits("3104" + (CARD_BASE + number));
    }

    /** Writes the issuing system's files, without cards: those are loaded straight into the register. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("parties.csv"), "party_id,name,role,bank_account,bank_code\n1,公交,OPERATOR,6222000000000000001,102100000000\n");
        Files.writeString(folder.resolve("lines.csv"), "service,line_no,name\nBUS,12,12路\n");
        Files.writeString(folder.resolve("tariffs.csv"), "tariff_version,valid_from,file\n1,2020-01-01,tariff-1.csv\n");
        Files.writeString(folder.resolve("tariff-1.csv"), "version,1\nflat,BUS,12,200\n");
        Files.writeString(folder.resolve("cards.csv"), "card_no,card_class,card_kind,issuer_id,city,algorithm,key_scheme,state,state_since,"
                + "valid_from,valid_to,opening_balance_fen,first_counter\n");
        StringBuilder psams = new StringBuilder("psam_no,gateway,party_id,service,district,valid_from,valid_to,first_seq\n");
        for (int gateway = 0; gateway < GATEWAYS; gateway++) {
            for (int number = 0; number < TERMINALS_PER_GATEWAY; number++) {
                psams.append(terminal(gateway, number).hex()).append(',').append(gateway(gateway)).append(",1,BUS,310101,2020-01-01,2099-12-31,1\n");
            }
        }
        Files.writeString(folder.resolve("psams.csv"), psams);
    }
}
