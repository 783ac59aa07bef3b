package cn.onecard.terminal.tap;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.terminal.reader.Reader;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.Chips;
import cn.onecard.terminal.sim.Pcscd;
import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualDevice;
import cn.onecard.terminal.sim.VpcdClient;
import cn.onecard.terminal.tap.TapResult.Paid;
import cn.onecard.terminal.tap.TapResult.Refused;
import cn.onecard.terminal.tap.TapResult.Why;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.Money;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The PC/SC service ends under a running terminal and comes back. */
class ServiceRestartPcscTest {
    @Test
    void tap_serviceEndsAndComesBack_theSameProcessServesAgain() throws Exception {
        VirtualCard card = Chips.card(Chips.CARD, Algorithm.TDES, Money.ofFen(1000));
        AtomicLong serials = new AtomicLong();
        VirtualDevice psamChip = Chips.psam(Chips.TERMINAL);
        try (Pcscd pcscd = Pcscd.started(1); Readers readers = Readers.pcsc(ReaderSettings.standard())) {
            Reader citizen = readers.reader(Pcscd.CITIZEN);
            Reader psam = readers.reader(Pcscd.PSAM);
            VpcdClient psamIn = pcscd.insert(psamChip, pcscd.psamPort(), psam);
            VpcdClient cardIn = pcscd.insert(card, pcscd.citizenPort(), citizen);
            try (Validator validator = Validator.open(citizen, psam, new MemoryStore(), serials::incrementAndGet, Validator.Rules.STANDARD)) {
                assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Paid.class);
                pcscd.stop();
                assertThat(validator.tap(Rides.bus(200))).isEqualTo(new Refused(Why.READER_OUT_OF_SERVICE));
                psamIn.close();
                cardIn.close();
                pcscd.start();
                psamIn = pcscd.insert(psamChip, pcscd.psamPort(), psam);
                cardIn = pcscd.insert(card, pcscd.citizenPort(), citizen);
                assertThat(validator.tap(Rides.bus(200))).isInstanceOf(Paid.class);
                assertThat(card.balance()).isEqualTo(Money.ofFen(600));
            }
            psamIn.close();
            cardIn.close();
        }
    }
}
