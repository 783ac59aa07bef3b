package cn.onecard.engine.rail.utility;

import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.SigningKeyFile;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.partner.utility.BillerBook;
import cn.onecard.engine.partner.utility.Conduct;
import cn.onecard.engine.partner.utility.FramesBillerHost;
import cn.onecard.engine.partner.utility.HttpsBillerServer;
import cn.onecard.engine.partner.utility.SftpBillerServer;
import cn.onecard.engine.rail.file.SshKeyFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A biller of any style on a socket, and the way to it, opened from a descriptor file. Late is later than the patience. */
final class BillerRig implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final Clock CLOCK = Clock.fixed(TODAY.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
    private static final Duration LATE = Duration.ofMinutes(10);

    private final BillerBook book = BillerBook.invented(TODAY, 20, 7);
    private final Queue<PartnerFault> faults = new ConcurrentLinkedQueue<>();
    private final Billers billers;
    private final Closeable server;
    private final Publishing publishing;

    /** The styles there are. */
    enum Style {
        HTTPS_ED25519, HTTPS_SM2, FRAMES, SFTP
    }

    BillerRig(Style style, Path folder, int answerMillis) throws IOException {
        this(style, folder, answerMillis, LATE);
    }

    /** @param lateness how late a late answer is */
    BillerRig(Style style, Path folder, int answerMillis, Duration lateness) throws IOException {
        Files.createDirectories(folder);
        Conduct conduct = new Conduct(this::nextFault, lateness);
        Running running = switch (style) {
            case HTTPS_ED25519 -> https(SigningKey.Scheme.ED25519, folder, conduct);
            case HTTPS_SM2 -> https(SigningKey.Scheme.SM2, folder, conduct);
            case FRAMES -> frames(folder, conduct);
            case SFTP -> sftp(folder, conduct);
        };
        server = running.server();
        publishing = running.publishing();
        Files.writeString(folder.resolve("water.json"), descriptor(running.link(), answerMillis));
        billers = Billers.open(folder, CLOCK);
    }

    /** A biller that listens.
     *
     *  @param publishing publishes anew what is owed, where anything is published
     *  @param link how to reach it, as a descriptor says it */
    private record Running(Closeable server, Publishing publishing, String link) {}

    /** Publishes anew. */
    private interface Publishing {
        void publish() throws IOException;
    }

    private Running https(SigningKey.Scheme scheme, Path folder, Conduct conduct) throws IOException {
        CertificateAuthority.open(folder.resolve("tls"), Clock.systemUTC().instant()).issueCore();
        SigningKey ours = SigningKeyFile.open(folder.resolve("ours.key"), scheme, new SecureRandom());
        SigningKey theirs = SigningKeyFile.open(folder.resolve("theirs.key"), scheme, new SecureRandom());
        HttpsBillerServer https = new HttpsBillerServer(book, new HttpsBillerServer.Keys(theirs, ours.check(), folder.resolve("tls")), conduct, CLOCK, 0);
        return new Running(https::close, () -> {}, """
                {"style": "HTTPS", "url": "https://127.0.0.1:%d", "trust": "tls/ca.pem", "own": {"scheme": "%s", "name": "onecard", "file": "ours.key"},
                 "billerKey": "%s"}""".formatted(https.port(), scheme, Base64.getEncoder().encodeToString(theirs.check().encoded())));
    }

    private Running frames(Path folder, Conduct conduct) throws IOException {
        byte[] one = new byte[16];
        byte[] two = new byte[16];
        new SecureRandom().nextBytes(one);
        new SecureRandom().nextBytes(two);
        Files.writeString(folder.resolve("one.hex"), HexFormat.of().formatHex(one));
        Files.writeString(folder.resolve("two.hex"), HexFormat.of().formatHex(two));
        FramesBillerHost host = new FramesBillerHost(book, TerminalMasterKey.ofTdes(List.of(one, two)), conduct.plan());
        FrameServer frames = new FrameServer(host::take, 0, conduct.lateness());
        return new Running(frames::close, () -> {}, """
                {"style": "8583", "host": "127.0.0.1", "port": %d, "components": ["one.hex", "two.hex"],
                 "terminal": {"terminal": "00000001", "agent": "898000000000001", "unit": "WATER01"}}""".formatted(frames.address().getPort()));
    }

    private Running sftp(Path folder, Conduct conduct) throws IOException {
        KeyPair theirs = SshKeyFile.open(folder.resolve("theirs.ssh"));
        KeyPair ours = SshKeyFile.open(folder.resolve("ours.ssh"));
        SftpBillerServer sftp = new SftpBillerServer(book, new SftpBillerServer.Keys(theirs, ours.getPublic()), folder.resolve("sftp"), conduct, 0);
        return new Running(sftp::close, sftp::publish, """
                {"style": "SFTP", "host": "127.0.0.1", "port": %d, "user": "onecard", "keys": {"own": "ours.ssh", "biller": "theirs.ssh.pub"},
                 "folders": {"toBiller": "in", "fromBiller": "out"}}""".formatted(sftp.port()));
    }

    static String descriptor(String link, int answerMillis) {
        return """
                {"biller": "water-1", "about": {"name": "Water works", "category": "WATER", "party": 3101, "serviceCode": 31},
                 "inputs": [{"name": "account", "label": "户号", "regex": "[0-9]{8}"}],
                 "rules": {"amount": "EXACT", "unitFen": 1, "order": "OLDEST_FIRST", "cancelUntil": "22:00", "fulfilment": "NONE"},
                 "day": {"cutoff": "23:00", "zone": "Asia/Shanghai", "statementSide": "BILLER_PULL"},
                 "patience": {"connectMillis": 10000, "answerMillis": %d, "visibilitySeconds": 60},
                 "codes": {"done": ["OK", "00"], "processing": ["09"], "notFound": ["NOT_FOUND", "25"], "refused": ["REFUSED", "12"]},
                 "layouts": {}, "link": %s}""".formatted(answerMillis, link);
    }

    Biller biller() {
        return Objects.requireNonNull(billers.byName().get("water-1"));
    }

    BillerBook book() {
        return book;
    }

    /** What goes wrong with the next messages. */
    void willDo(PartnerFault... next) {
        faults.addAll(List.of(next));
    }

    /** The biller publishes what is owed anew, in the style in which it does. */
    void publish() throws IOException {
        publishing.publish();
    }

    private PartnerFault nextFault() {
        return Optional.ofNullable(faults.poll()).orElse(PartnerFault.NONE);
    }

    /** Nobody is there any more. */
    void closeServer() throws IOException {
        server.close();
    }

    @Override
    public void close() throws IOException {
        billers.close();
        server.close();
    }
}
