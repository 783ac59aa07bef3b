package cn.onecard.terminal.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.Probe;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Cards that are snatched from the reader, four times as many as the service has handles. */
class HandleLeakPcscTest {
    private static final byte[] SELECT_ENVIRONMENT = HexFormat.of().parseHex("00A404000E325041592E5359532E444446303100");

    @Test
    void connect_afterTwentySnatchedCards_hasHandlesLeft() throws Exception {
        try (Pcscd pcscd = Pcscd.started(1, "-r", "5", "-s", "5"); Readers readers = Readers.pcsc(ReaderSettings.standard())) {
            Reader reader = readers.reader(Pcscd.CITIZEN);
            Probe probe = new Probe(Chips.card(Chips.CARD, Algorithm.TDES, Money.ZERO));
            for (int cycle = 0; cycle < 20; cycle++) {
                VpcdClient client = pcscd.insert(probe, pcscd.citizenPort(), reader);
                CardLink link = reader.connect();
                assertThat(link.transmit(SELECT_ENVIRONMENT)).endsWith(0x90, 0x00);
                if (cycle % 2 == 0) {
                    probe.tear(1, true, () -> pull(client));
                    assertThatThrownBy(() -> link.transmit(SELECT_ENVIRONMENT)).isInstanceOf(ReaderFault.CardGone.class);
                    probe.clear();
                } else {
                    pull(client);
                }
                assertThat(reader.awaitAbsent(Duration.ofSeconds(5))).isTrue();
            }
            VpcdClient last = pcscd.insert(probe, pcscd.citizenPort(), reader);
            assertThat(reader.connect().transmit(SELECT_ENVIRONMENT)).endsWith(0x90, 0x00);
            last.close();
        }
    }

    private static void pull(VpcdClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
