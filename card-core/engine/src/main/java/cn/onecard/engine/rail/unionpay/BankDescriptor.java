package cn.onecard.engine.rail.unionpay;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.rail.descriptor.DescriptorFile;
import cn.onecard.engine.rail.iso8583.PosHeader;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.engine.rail.iso8583.Tpdu;
import cn.onecard.vocabulary.PartyId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that was agreed with an acquirer: one JSON file. Names of files are relative to it.
 *
 *  @param party the bank, in our books
 *  @param merchant field 42, fifteen characters
 *  @param host where it listens
 *  @param wire how messages are addressed
 *  @param security how they are protected
 *  @param patience how long it may take
 *  @param settleAt time of day in China at which batches are settled
 *  @param terminals ours, and ours alone: a terminal does one thing at a time, on one node */
public record BankDescriptor(int party, String merchant, Host host, Wire wire, Security security, Patience patience, String settleAt, List<Terminal> terminals) {
    private static final String OPERATOR = "01 ";

    /** Where it listens. */
    public record Host(String name, int port) {
        InetSocketAddress address() {
            return new InetSocketAddress(name, port);
        }
    }

    /** How messages are addressed.
     *
     *  @param destination of the TPDU
     *  @param header of every message, twelve digits */
    public record Wire(int destination, String header) {}

    /** How messages are protected. */
    public record Security(MacMethod mac, SignOnForm signOn) {}

    /** How long and how often. */
    public record Patience(int connectMillis, int answerMillis, int reversalTries) {}

    /** A terminal.
     *
     *  @param terminal field 41, eight characters
     *  @param components files of the components of its master key, 32 hexadecimal digits each */
    public record Terminal(String terminal, List<String> components) {
        public Terminal {
            components = List.copyOf(components);
        }
    }

    public BankDescriptor {
        terminals = List.copyOf(terminals);
        if (party < 1 || terminals.isEmpty() || terminals.stream().map(Terminal::terminal).distinct().count() < terminals.size()) {
            throw new IllegalArgumentException("a bank is a party and has terminals, each of another number");
        }
        if (!merchant.matches("[ -~]{15}") || !terminals.stream().allMatch(one -> one.terminal().matches("[ -~]{8}"))) {
            throw new IllegalArgumentException("a merchant has fifteen characters, a terminal eight");
        }
        try {
            LocalTime.parse(settleAt);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("settleAt: no time of day", e);
        }
    }

    /** The descriptor of a file.
     *
     *  @throws IllegalArgumentException if it is none, saying why */
    public static BankDescriptor read(Path file) throws IOException {
        return DescriptorFile.read(file, BankDescriptor.class);
    }

    public PartyId partyId() {
        return new PartyId(party);
    }

    public InetSocketAddress address() {
        return host.address();
    }

    public Duration connectPatience() {
        return Duration.ofMillis(patience.connectMillis());
    }

    public Duration answerPatience() {
        return Duration.ofMillis(patience.answerMillis());
    }

    public LocalTime settlementTime() {
        return LocalTime.parse(settleAt);
    }

    /** What the link of a terminal is set to. */
    public LinkSettings settings(Terminal terminal) {
        return new LinkSettings(new LinkSettings.Identity(terminal.terminal(), merchant, OPERATOR),
                new LinkSettings.Wire(Profile.CUP_POS_64, new Tpdu(wire.destination(), 0), new PosHeader(wire.header())),
                new LinkSettings.Security(security.mac(), security.signOn()), new LinkSettings.Patience(answerPatience(), patience.reversalTries()));
    }

    /** The master key of a terminal, from its components.
     *
     *  @param folder of the descriptor */
    public TerminalMasterKey masterKey(Terminal terminal, Path folder) throws IOException {
        List<byte[]> components = new ArrayList<>();
        for (String file : terminal.components()) {
            components.add(HexFormat.of().parseHex(Files.readString(folder.resolve(file)).strip()));
        }
        return security.signOn() == SignOnForm.SM4 ? TerminalMasterKey.ofSm4(components) : TerminalMasterKey.ofTdes(components);
    }
}
