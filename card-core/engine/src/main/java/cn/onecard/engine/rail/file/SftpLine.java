package cn.onecard.engine.rail.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.RequiredServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** The way of files to one host. Nobody is trusted but the host of the one key, and nothing is shown to it but our own: no password,
 *  and nothing of what stands in the home directory. A call has a connection of its own, an idle one where there is one that still
 *  stands; it hangs up when its time is over, so that whatever it waits for ends. Thread-safe. */
public final class SftpLine implements AutoCloseable {
    private static final int CHUNK = 32 * 1024;
    private static final int MOST_IDLE = 4;
    private static final Comparator<Boolean> TRUE_FIRST = Comparator.reverseOrder();

    private final Host host;
    private final Patience patience;
    private final SshClient client;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    /** Whom to call, and as whom. */
    public record Host(String name, int port, String user) {}

    /** By what the two know each other.
     *
     *  @param host the only key that the host may have */
    public record Keys(KeyPair own, PublicKey host) {}

    /** How long it may take.
     *
     *  @param connect until there is a connection
     *  @param call all that is done over it */
    public record Patience(Duration connect, Duration call) {}

    /** Which version of a file stands there.
     *
     *  @param modifiedSeconds since 1970 */
    public record Stamp(long modifiedSeconds, long size) {}

    public SftpLine(Host host, Keys keys, Patience patience) {
        this.host = host;
        this.patience = patience;
        this.client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        client.setKeyIdentityProvider(KeyIdentityProvider.wrapKeyPairs(keys.own()));
        client.setServerKeyVerifier(new RequiredServerKeyVerifier(keys.host()));
        client.setSignatureFactories(preferring(client.getSignatureFactories(), KeyUtils.getKeyType(keys.host())));
        client.start();
    }

    /** A host may have keys of several kinds, and shows the one that we like best. */
    private static List<NamedFactory<Signature>> preferring(List<NamedFactory<Signature>> all, String keyType) {
        List<NamedFactory<Signature>> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(one -> KeyUtils.getCanonicalKeyType(one.getName()).equals(keyType), TRUE_FIRST));
        return sorted;
    }

    /** Begins a call.
     *
     *  @throws NothingLeft if the host was not reached, or is another one, or does not know us */
    public Call connect() throws NothingLeft {
        for (Connection found = idle.poll(); found != null; found = idle.poll()) {
            if (found.client().isOpen()) {
                return new Call(found, timer(found.session()));
            }
            found.hangUp();
        }
        return open();
    }

    private Call open() throws NothingLeft {
        try {
            ClientSession session = client.connect(host.user(), host.name(), host.port()).verify(patience.connect()).getSession();
            CompletableFuture<Void> timer = timer(session);
            try {
                session.auth().verify(patience.call());
                return new Call(new Connection(session, SftpClientFactory.instance()
                        .createSftpClient(session, SftpVersionSelector.fixedVersionSelector(SftpConstants.SFTP_V3))), timer);
            } catch (IOException e) {
                timer.complete(null);
                session.close(true);
                throw e;
            }
        } catch (IOException e) {
            throw new NothingLeft("the host was not reached", e);
        }
    }

    /** Hangs up when the time is over, unless it is completed before. */
    private CompletableFuture<Void> timer(ClientSession session) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> _ = done.orTimeout(patience.call().toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, late) -> {
            if (late != null) {
                session.close(true);
            }
        });
        return done;
    }

    @Override
    public void close() {
        idle.forEach(Connection::hangUp);
        client.stop();
    }

    /** A connection with its SFTP channel. */
    private record Connection(ClientSession session, SftpClient client) {
        void hangUp() {
            session.close(true);
        }
    }

    /** One conversation, in one thread. */
    public final class Call implements AutoCloseable {
        private final Connection connection;
        private final SftpClient files;
        private final CompletableFuture<Void> timer;

        private Call(Connection connection, CompletableFuture<Void> timer) {
            this.connection = connection;
            this.files = connection.client();
            this.timer = timer;
        }

        /** Which version of a file stands there; empty if there is none. */
        public Optional<Stamp> findStamp(String path) throws IOException {
            try {
                SftpClient.Attributes attributes = files.stat(path);
                return Optional.of(new Stamp(attributes.getModifyTime().toInstant().getEpochSecond(), attributes.getSize()));
            } catch (SftpException e) {
                return emptyIfMissing(e);
            }
        }

        /** What is in a file; empty if there is none.
         *
         *  @param most so many bytes are read; more are an error */
        public Optional<byte[]> find(String path, int most) throws IOException {
            try (SftpClient.CloseableHandle handle = files.open(path, EnumSet.of(OpenMode.Read))) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                byte[] chunk = new byte[CHUNK];
                for (int read = files.read(handle, 0, chunk); read >= 0; read = files.read(handle, content.size(), chunk)) {
                    content.write(chunk, 0, read);
                    if (content.size() > most) {
                        throw new IOException(path + " has more than " + most + " bytes");
                    }
                }
                return Optional.of(content.toByteArray());
            } catch (SftpException e) {
                return emptyIfMissing(e);
            }
        }

        /** Puts a file there: written under another name and renamed when it is whole. A file that stands there already stays as it is.
         *
         *  @return whether it is this one that appeared
         *  @throws NothingLeft if it has certainly not appeared
         *  @throws IOException if nobody knows */
        public boolean put(String folder, String name, byte[] content) throws IOException {
            String path = folder + "/" + name;
            String beside = folder + "/." + name + ".part";
            try {
                if (findStamp(path).isPresent()) {
                    return false;
                }
                try (OutputStream out = files.write(beside, EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Truncate))) {
                    out.write(content);
                }
            } catch (IOException e) {
                throw new NothingLeft(path + " was not written", e);
            }
            files.rename(beside, path);
            return true;
        }

        @Override
        public void close() {
            timer.complete(null);
            if (files.isOpen() && idle.size() < MOST_IDLE) {
                idle.push(connection);
            } else {
                connection.hangUp();
            }
        }

        private static <T> Optional<T> emptyIfMissing(SftpException e) throws SftpException {
            if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
