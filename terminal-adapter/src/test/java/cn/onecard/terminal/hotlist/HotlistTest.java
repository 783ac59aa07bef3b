package cn.onecard.terminal.hotlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A packed list says of every card what a plain map would, after any changes, and a file of it is whole or none. */
final class HotlistTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void build_anyChanges_saysWhatAMapSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<CardNo, Integer> truth = new HashMap<>();
        Hotlist list = Hotlist.EMPTY;
        for (int version = 1; version <= 30; version++) {
            Hotlist.Next next = list.next();
            Set<CardNo> changed = new HashSet<>();
            for (int i = random.nextInt(200); i > 0; i--) {
                CardNo card = card(random);
                if (!changed.add(card)) {
                    continue;
                }
                if (random.nextInt(3) == 0) {
                    next.unlist(card);
                    truth.remove(card);
                } else {
                    int reason = random.nextInt(1, 256);
                    next.list(card, reason);
                    truth.put(card, reason);
                }
            }
            list = next.build(version);
            assertThat(list.version()).isEqualTo(version);
            assertThat(list.size()).isEqualTo(truth.size());
            for (int i = 0; i < 2_000; i++) {
                CardNo card = card(random);
                Integer reason = truth.get(card);
                assertThat(list.find(card)).isEqualTo(reason == null ? OptionalInt.empty() : OptionalInt.of(reason));
            }
        }
    }

    /** Few numbers, so that they meet; with the smallest and the largest there are. */
    private static CardNo card(SplittableRandom random) {
        String head = List.of("0000", "3104", "9999").get(random.nextInt(3));
        String rest = switch (random.nextInt(4)) {
            case 0 -> "0".repeat(15) + random.nextInt(10);
            case 1 -> "9".repeat(15) + random.nextInt(10);
            default -> "%016d".formatted(random.nextInt(300) * 7L);
        };
        return CardNo.ofDigits(head + rest);
    }

    @Test
    void build_cardTwice_isRefused() {
        Hotlist.Next next = Hotlist.EMPTY.next();
        next.list(CardNo.ofDigits("31040000000000000017"), 2);
        next.unlist(CardNo.ofDigits("31040000000000000017"));
        assertThatThrownBy(() -> next.build(1)).isInstanceOf(IllegalArgumentException.class).hasMessage("a card came twice");
    }

    @Test
    void bytes_aMillionCards_areBelowSixteenMegabytes() {
        Hotlist.Next next = Hotlist.EMPTY.next();
        for (int i = 0; i < 1_000_000; i++) {
            next.list(CardNo.ofDigits("31%02d%016d".formatted(i % 7, i * 9_973L)), 2);
        }
        Hotlist list = next.build(1);
        assertThat(list.size()).isEqualTo(1_000_000);
        assertThat(list.bytes()).isLessThan(16_000_000);
    }

    @Test
    void file_whatWasWritten_isRead() throws Exception {
        HotlistFile file = new HotlistFile(folder.resolve("deep/hotlist.bin"));
        assertThat(file.read()).isSameAs(Hotlist.EMPTY);
        Hotlist.Next next = Hotlist.EMPTY.next();
        next.list(CardNo.ofDigits("31040000000000000017"), 2);
        next.list(CardNo.ofDigits("99999999999999999999"), 3);
        file.write(next.build(7));
        Hotlist read = file.read();
        assertThat(read.version()).isEqualTo(7);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.find(CardNo.ofDigits("99999999999999999999"))).hasValue(3);
    }

    @Test
    void file_cutOrChangedAnywhere_isRefused() throws Exception {
        Path path = folder.resolve("hotlist.bin");
        Hotlist.Next next = Hotlist.EMPTY.next();
        for (int i = 0; i < 5; i++) {
            next.list(CardNo.ofDigits("3104%016d".formatted(i)), 2);
        }
        new HotlistFile(path).write(next.build(7));
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            assertRefused(path, changed);
            assertRefused(path, java.util.Arrays.copyOf(whole, at));
        }
    }

    private static void assertRefused(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        assertThatThrownBy(() -> new HotlistFile(path).read()).isInstanceOf(IOException.class);
    }

    @Test
    void reports_cutAnywhere_areThoseThatWereWhole() throws Exception {
        Path path = folder.resolve("locked.csv");
        LockedReports reports = new LockedReports(path);
        List<LockedReports.Report> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(new LockedReports.Report("k" + i, TerminalId.ofHex("0A0000000001"), CardNo.ofDigits("3104%016d".formatted(i)), new EventTime(0x20261125080000L), i == 1));
            reports.add(all.get(i));
        }
        assertThat(reports.list()).isEqualTo(all);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            List<LockedReports.Report> read = reports.list();
            assertThat(read).isEqualTo(all.subList(0, read.size()));
        }
        Files.write(path, whole);
        reports.forget(all.subList(0, 2));
        assertThat(reports.list()).containsExactly(all.get(2));
    }
}
