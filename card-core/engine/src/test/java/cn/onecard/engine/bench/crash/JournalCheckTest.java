package cn.onecard.engine.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.TapMill;
import cn.onecard.engine.bench.crash.JournalCheck.EvidenceRow;
import cn.onecard.engine.bench.crash.JournalCheck.JournalRow;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapCodec;
import cn.onecard.wire.TapFrame;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of a crash run finds whatever can be wrong with a journal, and nothing in one that is right. */
class JournalCheckTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
    private static final BenchCity CITY = new BenchCity(7);
    private static final TapMill MILL = TapMill.all(CITY, 100, DAY.atTime(12, 0)).getFirst();

    private final Tally tally = new Tally("test");
    private final SentTaps sent = new SentTaps();
    private final BrokenPromises broken = new BrokenPromises();
    private final JournalCheck check = new JournalCheck(sent, broken);
    private SentTap first;
    private SentTap second;
    private SentTap forged;

    @BeforeEach
    void send() {
        first = proven();
        second = proven();
        TapFrame frame = MILL.tap(CITY.terminal(0, 2));
        forged = SentTap.refused(SentTap.Kind.FORGED, TapCodec.toProto(frame), frame.debit().amount().fen(), tally);
        sent.add(forged);
        tally.made(forged);
    }

    @Test
    void check_everythingOnce_nothingIsBroken() {
        check.journal(row(first));
        check.journal(row(second));
        check.evidence(evidence(forged));
        check.end();
        assertThat(broken.first()).isEmpty();
        assertThat(tally.counts()).satisfies(counts -> {
            assertThat(counts.rows()).isEqualTo(2);
            assertThat(counts.evidence()).isEqualTo(1);
            assertThat(counts.fenBooked()).isEqualTo(counts.fenSent()).isEqualTo(2L * BenchCity.FARE_FEN);
        });
    }

    @Test
    void check_rowMissing_isFound() {
        check.journal(row(first));
        check.evidence(evidence(forged));
        check.end();
        assertThat(broken.first()).containsExactly("tap " + second.key() + ", TRUE, was acknowledged and is not in the journal");
        assertThat(tally.counts().fenBooked()).isLessThan(tally.counts().fenSent());
    }

    @Test
    void check_rowOnTwoBusinessDates_isFound() {
        complete();
        check.journal(new JournalRow(DAY.plusDays(1), first.key(), first.digest(), first.amountFen(), 0));
        check.end();
        assertThat(broken.first()).containsExactly("tap " + first.key() + " is in the journal 2 times, once on 2026-11-26");
        assertThat(tally.counts().fenBooked()).isGreaterThan(tally.counts().fenSent());
    }

    @Test
    void check_otherAmountContentOrReason_isFound() {
        check.journal(new JournalRow(DAY, first.key(), first.digest(), 1, 0));
        check.journal(new JournalRow(DAY, second.key(), "00", second.amountFen(), Refusal.FARE_TOO_HIGH.code()));
        check.evidence(new EvidenceRow(forged.key(), forged.digest(), forged.amountFen(), Refusal.MALFORMED.code()));
        check.end();
        assertThat(broken.first()).containsExactly(
                "tap " + first.key() + " was sent with 200 fen and booked with 1",
                "tap " + second.key() + " was booked with other content than it was sent with",
                "tap " + second.key() + " was booked as suspect, reason 62",
                "tap " + forged.key() + ", FORGED, is kept with 200 fen and reason 10");
    }

    @Test
    void check_rowOfNobodyOrOfAForgedTap_isFound() {
        complete();
        TapKey nobody = new TapKey(new TerminalId(9), 9);
        check.journal(new JournalRow(DAY, nobody, first.digest(), 1, 0));
        check.journal(row(forged));
        check.evidence(new EvidenceRow(first.key(), first.digest(), 1, Refusal.KEY_CONFLICT.code()));
        check.end();
        assertThat(broken.count()).isEqualTo(3);
        assertThat(broken.first()).allMatch(text -> text.contains("never sent"));
    }

    @Test
    void check_evidenceMissing_isFound() {
        check.journal(row(first));
        check.journal(row(second));
        check.end();
        assertThat(broken.first()).containsExactly("tap " + forged.key() + ", FORGED, was acknowledged and is not kept as evidence");
    }

    @Test
    void mill_sameSeed_makesTheSameBatchesOfEveryKind() {
        SentTaps all = new SentTaps();
        SentTaps again = new SentTaps();
        RoughMill one = mill(11);
        RoughMill other = mill(11);
        for (int i = 0; i < 20; i++) {
            assertThat(one.next(all, tally).messages()).isEqualTo(other.next(again, tally).messages());
        }
        Map<SentTap.Kind, Integer> kinds = new EnumMap<>(SentTap.Kind.class);
        all.forEach(tap -> kinds.merge(tap.kind(), 1, Integer::sum));
        assertThat(kinds).containsOnlyKeys(SentTap.Kind.values());
        assertThat(kinds.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(20 * RoughMill.TAPS);
    }

    private static RoughMill mill(long seed) {
        return new RoughMill(TapMill.all(CITY, 100, DAY.atTime(12, 0)).get(1), CITY, 1, new SplittableRandom(seed));
    }

    private void complete() {
        check.journal(row(first));
        check.journal(row(second));
        check.evidence(evidence(forged));
    }

    private SentTap proven() {
        SentTap tap = SentTap.proven(MILL.tap(CITY.terminal(0, 1)), tally);
        sent.add(tap);
        tally.made(tap);
        return tap;
    }

    private static JournalRow row(SentTap tap) {
        return new JournalRow(DAY, tap.key(), tap.digest(), tap.amountFen(), 0);
    }

    private static EvidenceRow evidence(SentTap tap) {
        return new EvidenceRow(tap.key(), tap.digest(), tap.amountFen(), tap.kind().reason());
    }
}
