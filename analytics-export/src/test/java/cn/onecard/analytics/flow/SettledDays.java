package cn.onecard.analytics.flow;

import cn.onecard.sql.Account;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.vocabulary.BusinessDate;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Writes settled days into the clearing schema, as the owner of the database, for the tests of what analytics reads. */
final class SettledDays {
    static final int CARDS = 300;

    private SettledDays() {}

    /** A day of {@link #CARDS} cards with one to six taps each; line 4 of the bus has no name. */
    static void write(BusinessDate day, int stage, long seed) throws SQLException {
        Random random = new Random(seed);
        try (Connection connection = TestDatabase.database(Account.OWNER).connect(); Statement statement = connection.createStatement()) {
            statement.executeUpdate("REPLACE INTO ledger.transit_line (service_code, line_no, name) VALUES (1, 1, '1路'), (1, 2, '2路'), (1, 3, '3路'), (2, 1, '1号线')");
            statement.executeUpdate("INSERT INTO clearing.day_run VALUES ('" + day + "', " + stage
                    + ", '2026-11-24 00:00:00.000', REPEAT('s', 32), 0, 0, 0, 1, REPEAT('r', 32))");
            try (PreparedStatement card = connection.prepareStatement("INSERT INTO clearing.day_card VALUES (?, ?, ?, 1, 0, 1, 0)");
                    PreparedStatement tap = connection.prepareStatement(
                            "INSERT INTO clearing.sealed_tap VALUES (?, ?, ?, 1, ?, ?, ?, 10000, ?, ?, 1, ?, ?, 1, 1, ?, ?)")) {
                long sequence = 0;
                for (int number = 1; number <= CARDS; number++) {
                    byte[] cardNo = ByteBuffer.allocate(10).putShort((short) 0x3104).putLong(number).array();
                    card.setString(1, day.toString());
                    card.setBytes(2, cardNo);
                    card.setInt(3, number);
                    card.addBatch();
                    int kind = number % 9 == 0 ? 3 : 1;
                    for (int i = 0; i < 1 + random.nextInt(6); i++) {
                        boolean metro = random.nextInt(3) == 0;
                        long fen = metro && i % 2 == 0 ? 0 : 100L * (1 + random.nextInt(4));
                        tap.setString(1, day.toString());
                        tap.setBytes(2, cardNo);
                        tap.setInt(3, i);
                        tap.setLong(4, ++sequence);
                        tap.setLong(5, fen);
                        tap.setLong(6, fen);
                        tap.setString(7, random.nextInt(80) == 0 ? null : day + " %02d:15:00".formatted(6 + random.nextInt(4)));
                        tap.setInt(8, number % 40 == 0 && i == 0 ? 13 : 0);
                        tap.setInt(9, metro ? 2 : 1);
                        tap.setInt(10, metro ? 1 : 1 + Math.min(3, random.nextInt(8)));
                        tap.setInt(11, kind);
                        tap.setString(12, "33010" + (1 + random.nextInt(2)));
                        tap.addBatch();
                    }
                }
                card.executeBatch();
                tap.executeBatch();
            }
        }
    }
}
