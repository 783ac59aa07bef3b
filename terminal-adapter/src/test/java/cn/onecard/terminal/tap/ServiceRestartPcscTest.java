package cn.onecard.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.terminal.tap.TapResult.Paid;
import cn.onecard.terminal.tap.TapResult.Refused;
import cn.onecard.terminal.tap.TapResult.Why;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The PC/SC service ends under a running terminal. */
class ServiceRestartPcscTest {
    @Test
    void tap_serviceEndsAndComesBack_saysThatOnlyANewProcessHelps() throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, Money.ofFen(1000));
        AtomicLong serials = new AtomicLong();
        try (Pcscd pcscd = Pcscd.prepare().start(); Readers readers = Readers.pcsc(ReaderSettings.standard())) {
            Reader citizen = readers.reader(Pcscd.CITIZEN);
            Reader psam = readers.reader(Pcscd.PSAM);
            try (VpcdClient _ = pcscd.insert(Chips.psam(Chips.TERMINAL), pcscd.psamPort(), psam);
                    VpcdClient _ = pcscd.insert(card, pcscd.citizenPort(), citizen);
                    Validator validator = Validator.open(citizen, psam, new MemoryStore(), serials::incrementAndGet, Validator.Rules.STANDARD)) {
                assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Paid.class);
                pcscd.stop();
                assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.READER_OUT_OF_SERVICE));
                pcscd.restart();
                assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.READER_OUT_OF_SERVICE));
                assertThat(card.balance()).isEqualTo(Money.ofFen(800));
            }
        }
    }
}
