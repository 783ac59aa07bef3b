package cn.onecard.engine.rail.unionpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.Framing;
import cn.onecard.engine.rail.line.HostLine;
import cn.onecard.engine.rail.line.SocketLine;
import cn.onecard.vocabulary.Money;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same terminal and host over sockets. */
class SocketLineTest {
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private final PosRig rig = new PosRig();
    private final FrameServer server;
    private final PosTerminal terminal;

    SocketLineTest() throws IOException {
        server = new FrameServer(rig.faulty()::take, 0, Duration.ofMinutes(10));
        terminal = terminal(server.address());
    }

    @BeforeEach
    void signOn() {
        assertThat(terminal.signOn()).isTrue();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void transact_overASocket_isDone() {
        assertThat(terminal.transact(rig.sale(500))).isInstanceOf(BankOutcome.Done.class);
        assertThat(rig.host().balance(PosRig.CARD)).isEqualTo(Money.ofFen(99_500));
        assertThat(terminal.settle()).hasValueSatisfying(result -> assertThat(result.isBalanced()).isTrue());
    }

    @ParameterizedTest
    @EnumSource(value = PartnerFault.class, names = {"DROP_BEFORE", "DROP_AFTER", "GARBAGE", "WRONG_MAC", "FORGET_KEYS"})
    void transact_hostDoesWrong_isReversed(PartnerFault fault) {
        rig.fault(fault);

        assertThat(terminal.transact(rig.sale(500))).isEqualTo(new BankOutcome.NotDone(BankOutcome.Why.REVERSED));
        assertThat(rig.host().balance(PosRig.CARD)).isEqualTo(PosRig.BALANCE);
    }

    @Test
    void transact_hostAnswersTwice_theSecondAnswerHarmsNobody() {
        rig.fault(PartnerFault.TWICE);

        assertThat(terminal.transact(rig.sale(500))).isInstanceOf(BankOutcome.Done.class);
        assertThat(terminal.transact(rig.sale(1))).isInstanceOf(BankOutcome.Done.class);
        assertThat(rig.host().balance(PosRig.CARD)).isEqualTo(Money.ofFen(99_499));
    }

    @Test
    void transact_manyCallers_takeTurns() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<BankOutcome>> outcomes = IntStream.range(0, 50).mapToObj(i -> rig.sale(1)).map(sale -> callers.submit(() -> terminal.transact(sale))).toList();
            for (Future<BankOutcome> outcome : outcomes) {
                assertThat(outcome.get()).isInstanceOf(BankOutcome.Done.class);
            }
        }
        assertThat(rig.host().balance(PosRig.CARD)).isEqualTo(Money.ofFen(99_950));
    }

    @Test
    void findNext_answerIsLate_saysNothing() throws IOException {
        rig.fault(PartnerFault.SLOW);
        HostLine line = new SocketLine(server.address(), Framing.POS, A_WHILE);

        try (HostLine.Call call = line.connect()) {
            call.send(new byte[21]);
            assertThat(call.findNext(Duration.ofMillis(20))).isEmpty();
        }
    }

    @Test
    void connect_nobodyListens_saysSo() throws IOException {
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress address = (InetSocketAddress) silent.getLocalSocketAddress();

            assertThatThrownBy(() -> new SocketLine(address, Framing.POS, A_WHILE).connect()).isInstanceOf(IOException.class);
            assertThat(terminal(address).transact(rig.sale(5))).isEqualTo(new BankOutcome.NotDone(BankOutcome.Why.NOT_SIGNED_ON));
        }
    }

    private PosTerminal terminal(InetSocketAddress address) {
        return new PosTerminal(rig.settings(), rig.masterKey(), rig.journal(), new SocketLine(address, Framing.POS, A_WHILE));
    }
}
