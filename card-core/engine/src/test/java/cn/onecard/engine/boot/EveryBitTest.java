package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.admit.Admission;
import cn.onecard.engine.admit.Admittance;
import cn.onecard.engine.admit.Limits;
import cn.onecard.engine.admit.MasterCache;
import cn.onecard.engine.admit.Suspect;
import cn.onecard.engine.card.Masters;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.key.CardKeys;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.rate.FareAudit;
import cn.onecard.engine.receive.ReceivedTap;
import cn.onecard.engine.testing.City;
import cn.onecard.engine.verify.CredibleTap;
import cn.onecard.engine.verify.ForgedTap;
import cn.onecard.engine.verify.TapVerifier;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import cn.onecard.sql.testing.TestDatabase;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.Tap;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flips every bit of every field of a true tap, one at a time. What the TAC covers must come back forged (or malformed, if the
 *  bits are none any more); what it does not cover must come back suspect; and what nothing on this path can find is listed
 *  here with its reason. */
class EveryBitTest {
    /** Covered by the TAC, or the TAC itself. */
    private static final Set<String> COVERED = Set.of("psam_no", "psam_seq", "amount_fen", "event_at_bcd", "txn_type", "tac");

    /** What no check of one single tap can find, and why. */
    private static final Map<String, String> UNDETECTABLE = Map.of(
            "card_counter", "the counter checks of settlement find it: a counter that is twice or missing",
            "balance_before_fen", "as long as it covers the amount; the balance chain of settlement finds it",
            "station_no", "a flat fare does not ask where; it moves no money",
            "terminal_serial", "a running number of the terminal that no rule looks at; the digest still tells frames apart",
            "mac2_failed", "how the PSAM fared; the TAC proves the debit, so no decision hangs on it",
            "line_no", "another line of the same operator and the same fare",
            "full_fare_fen", "a lower stated fare only: it takes nothing from anybody; a higher one is suspect",
            "algorithm", "00 and 01 both say 3DES",
            "ride_kind", "metro: an exit called a single ride costs the same");

    private static MasterCache register;
    private static HikariDataSource pool;
    private static final TapVerifier VERIFIER = new TapVerifier(new CardKeys(City.KEYS, KeySchemes.standard()));
    private static final Admittance ADMITTANCE = new Admittance(Limits.STANDARD);

    @BeforeAll
    static void register() throws Exception {
        TestDatabase.wipe();
        Database database = TestDatabase.database(Account.ENGINE);
        RunningCore.register(database);
        pool = database.pool("bits", 1);
        register = new MasterCache(new RegisterTable(Database.dsl(pool)));
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    static Stream<TapFrame> trueTaps() {
        return Stream.of(City.busRide(0x1234_5678).frame(), City.metroExit(3).frame());
    }

    @ParameterizedTest
    @MethodSource("trueTaps")
    void judge_anyBitFlipped_isForgedSuspectMalformedOrListedAsUndetectable(TapFrame frame) {
        Tap good = TapCodec.toProto(frame);
        assertThat(judge(good)).isEqualTo("ADMITTED");
        List<String> wrong = new ArrayList<>();
        int flips = 0;
        for (FieldDescriptor field : Tap.getDescriptor().getFields()) {
            for (Tap flipped : flips(good, field)) {
                flips++;
                String verdict = judge(flipped);
                boolean right = COVERED.contains(field.getName())
                        ? verdict.equals("FORGED") || verdict.equals("MALFORMED")
                        : !verdict.equals("ADMITTED") || UNDETECTABLE.containsKey(field.getName());
                if (!right) {
                    wrong.add(field.getName() + ": " + verdict);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(flips).isGreaterThan(600);
    }

    private static List<Tap> flips(Tap good, FieldDescriptor field) {
        List<Tap> flips = new ArrayList<>();
        switch (field.getJavaType()) {
            case BYTE_STRING -> {
                byte[] bytes = ((ByteString) good.getField(field)).toByteArray();
                for (int bit = 0; bit < 8 * bytes.length; bit++) {
                    byte[] changed = bytes.clone();
                    changed[bit / 8] ^= (byte) (1 << bit % 8);
                    flips.add(good.toBuilder().setField(field, ByteString.copyFrom(changed)).build());
                }
            }
            case LONG -> {
                for (int bit = 0; bit < 64; bit++) {
                    flips.add(good.toBuilder().setField(field, (Long) good.getField(field) ^ 1L << bit).build());
                }
            }
            case INT -> {
                for (int bit = 0; bit < 32; bit++) {
                    flips.add(good.toBuilder().setField(field, (Integer) good.getField(field) ^ 1 << bit).build());
                }
            }
            case BOOLEAN -> flips.add(good.toBuilder().setField(field, !(Boolean) good.getField(field)).build());
            default -> throw new IllegalStateException("a tap has no field of type " + field.getJavaType());
        }
        return flips;
    }

    private static String judge(Tap message) {
        return switch (received(message)) {
            case ReceivedTap.Malformed malformed -> "MALFORMED";
            case ReceivedTap.Framed framed -> judge(framed, register.masters(List.of(framed)).getFirst());
        };
    }

    private static String judge(ReceivedTap.Framed framed, Masters masters) {
        return switch (VERIFIER.verify(framed, masters.card())) {
            case ForgedTap forged -> "FORGED";
            case CredibleTap credible -> {
                Admission admission = ADMITTANCE.decide(FareAudit.rate(credible, masters), masters, City.DAY);
                yield admission instanceof Suspect suspect ? suspect.reason().name() : "ADMITTED";
            }
        };
    }

    private static ReceivedTap received(Tap message) {
        return ReceivedTap.of(City.GATEWAY, Instant.EPOCH, message);
    }
}
