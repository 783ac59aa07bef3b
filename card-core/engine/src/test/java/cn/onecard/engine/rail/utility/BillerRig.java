package cn.onecard.engine.rail.utility;

import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.engine.key.SigningKey;
import cn.onecard.engine.key.SigningKeyFile;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.FrameServer;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.partner.utility.BillerBook;
import cn.onecard.engine.partner.utility.FramesBillerHost;
import cn.onecard.engine.partner.utility.HttpsBillerServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A biller of either style on a socket, and the way to it, opened from a descriptor file. Late is later than the patience. */
final class BillerRig implements AutoCloseable {
    static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final Clock CLOCK = Clock.fixed(TODAY.atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
    private static final Duration LATE = Duration.ofMinutes(10);

    private final BillerBook book = BillerBook.invented(TODAY, 20, 7);
    private final Queue<PartnerFault> faults = new ConcurrentLinkedQueue<>();
    private final Billers billers;
    private final Closeable server;

    /** The styles there are. */
    enum Style {
        HTTPS_ED25519, HTTPS_SM2, FRAMES
    }

    BillerRig(Style style, Path folder, int answerMillis) throws IOException {
        Files.createDirectories(folder);
        String link;
        if (style != Style.FRAMES) {
            SigningKey.Scheme scheme = style == Style.HTTPS_SM2 ? SigningKey.Scheme.SM2 : SigningKey.Scheme.ED25519;
            CertificateAuthority.open(folder.resolve("tls"), Clock.systemUTC().instant()).issueCore();
            SigningKey ours = SigningKeyFile.open(folder.resolve("ours.key"), scheme, new SecureRandom());
            SigningKey theirs = SigningKeyFile.open(folder.resolve("theirs.key"), scheme, new SecureRandom());
            HttpsBillerServer https = new HttpsBillerServer(book, new HttpsBillerServer.Keys(theirs, ours.check(), folder.resolve("tls")),
                    new HttpsBillerServer.Conduct(this::nextFault, LATE), CLOCK, 0);
            server = https::close;
            link = """
                    {"style": "HTTPS", "url": "https://127.0.0.1:%d", "trust": "tls/ca.pem", "own": {"scheme": "%s", "name": "onecard", "file": "ours.key"},
                     "billerKey": "%s"}""".formatted(https.port(), scheme, Base64.getEncoder().encodeToString(theirs.check().encoded()));
        } else {
            byte[] one = new byte[16];
            byte[] two = new byte[16];
            new SecureRandom().nextBytes(one);
            new SecureRandom().nextBytes(two);
            Files.writeString(folder.resolve("one.hex"), HexFormat.of().formatHex(one));
            Files.writeString(folder.resolve("two.hex"), HexFormat.of().formatHex(two));
            FramesBillerHost host = new FramesBillerHost(book, TerminalMasterKey.ofTdes(List.of(one, two)), this::nextFault);
            FrameServer frames = new FrameServer(host::take, 0, LATE);
            server = frames::close;
            link = """
                    {"style": "8583", "host": "127.0.0.1", "port": %d, "components": ["one.hex", "two.hex"],
                     "terminal": {"terminal": "00000001", "agent": "898000000000001", "unit": "WATER01"}}""".formatted(frames.address().getPort());
        }
        Files.writeString(folder.resolve("water.json"), descriptor(link, answerMillis));
        billers = Billers.open(folder, CLOCK);
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
