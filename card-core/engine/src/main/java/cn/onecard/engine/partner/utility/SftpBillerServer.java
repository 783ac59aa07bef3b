package cn.onecard.engine.partner.utility;

import cn.onecard.engine.partner.Delivery;
import cn.onecard.engine.partner.Misbehaviour;
import cn.onecard.engine.rail.bill.BillFile;
import cn.onecard.engine.rail.bill.ColumnLayout;
import cn.onecard.engine.rail.bill.Instruction;
import cn.onecard.engine.rail.bill.MalformedFile;
import cn.onecard.engine.rail.bill.Row;
import cn.onecard.vocabulary.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** A biller's book behind files over SFTP on 127.0.0.1, in the folders {@value #IN} and {@value #OUT}. It acts on an instruction while
 *  that is renamed to its name, so that its result is there at once. A message is a file that comes in, together with the first look at
 *  the answer to it; or a file that is looked into. */
public final class SftpBillerServer implements AutoCloseable {
    /** Where instructions are put. */
    public static final String IN = "in";
    /** Where arrears, results and statements stand. */
    public static final String OUT = "out";
    /** Who may come. */
    public static final String USER = "onecard";

    private final BillerBook book;
    private final Path root;
    private final Conduct conduct;
    private final Misbehaviour misbehaviour = new Misbehaviour();
    /** What goes out at the next look into a file, in place of what stands in it. */
    private final Map<String, Outgoing> outgoing = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SshServer server = SshServer.setUpDefaultServer();

    /** By what the two know each other.
     *
     *  @param agent the only key that may come in */
    public record Keys(KeyPair own, PublicKey agent) {}

    /** Bytes for one look.
     *
     *  @param fromNanos before that the file is not there, by {@link System#nanoTime} */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they go; never compared
    private record Outgoing(byte[] bytes, long fromNanos) {}

    /** Publishes the arrears and begins to listen.
     *
     *  @param root folder of the two folders, which are made
     *  @param port 0: any free one */
    public SftpBillerServer(BillerBook book, Keys keys, Path root, Conduct conduct, int port) throws IOException {
        this.book = book;
        this.root = root;
        this.conduct = conduct;
        Files.createDirectories(root.resolve(IN));
        Files.createDirectories(root.resolve(OUT));
        publish();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(keys.own()));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, _) -> user.equals(USER) && KeyUtils.compareKeys(key, keys.agent()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root.toAbsolutePath()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().withFileSystemAccessor(new Folders()).build()));
        server.start();
    }

    public int port() {
        return server.getPort();
    }

    /** Publishes what is owed and was paid, newer than before. */
    public void publish() throws IOException {
        Path arrears = out(BillFile.ARREARS.nameOf(book.today()));
        FileTime newer = Files.exists(arrears) ? FileTime.from(Files.getLastModifiedTime(arrears).toInstant().plusSeconds(1)) : FileTime.fromMillis(0);
        write(arrears, book.arrears());
        if (Files.getLastModifiedTime(arrears).compareTo(newer) < 0) {
            Files.setLastModifiedTime(arrears, newer);
        }
        write(out(BillFile.STATEMENT.nameOf(book.today())), book.statement(book.today()));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.stop(true);
    }

    /** Does what an instruction says, and writes down what became of it.
     *
     *  @return the result */
    private byte[] act(Instruction instruction, String name) throws IOException {
        byte[] result;
        try {
            Row row = BillFile.PAYMENT.layout().read(Files.readAllBytes(root.resolve(IN).resolve(name))).getFirst();
            String order = row.text("orderNo");
            BillerBook.Said said = switch (instruction) {
                case PAY -> book.pay(order, row.text("account"), row.text("billRef"), row.money(ColumnLayout.AMOUNT), HexFormat.of().parseHex(row.text("echo")));
                case CANCEL -> book.cancel(order);
            };
            result = result(order, said.verdict().code(), said);
            if (instruction == Instruction.CANCEL && said.verdict() == BillerBook.Verdict.DONE) {
                BillerBook.Said after = book.status(order);
                answer(Instruction.PAY.nameOf(order), result(order, after.verdict().code(), after));
            }
        } catch (MalformedFile | IllegalArgumentException | NoSuchElementException e) {
            result = result("", "FORMAT", new BillerBook.Said(BillerBook.Verdict.REFUSED, "", Money.ZERO));
        }
        answer(name, result);
        publish();
        return result;
    }

    private void answer(String name, byte[] result) throws IOException {
        write(out(name), result);
        outgoing.remove(name);
    }

    private static byte[] result(String order, String code, BillerBook.Said said) {
        return BillFile.RESULT.layout().write(List.of(Row.of().set("orderNo", order).set("code", code).set("reference", said.reference())
                .set(ColumnLayout.AMOUNT, said.amount()).set("fulfilment", "").build()));
    }

    private Path out(String name) {
        return root.resolve(OUT).resolve(name);
    }

    private void write(Path file, byte[] content) throws IOException {
        Path beside = Files.write(Files.createTempFile(root, "new", ".part"), content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What comes in and goes out. */
    private final class Folders implements SftpFileSystemAccessor {
        @Override
        public void renameFile(SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options) throws IOException {
            requireIn(IN, to);
            String name = to.getFileName().toString();
            Optional<Instruction> instruction = Instruction.find(name);
            Delivery delivery = deliver(() -> {
                Files.move(from, to);
                return instruction.isPresent() ? act(instruction.get(), name) : new byte[0];
            });
            if (delivery.answers().isEmpty()) {
                throw hungUp(subsystem);
            }
            if (instruction.isPresent()) {
                outgoing.put(name, new Outgoing(joined(delivery), System.nanoTime() + (delivery.late() ? conduct.lateness().toNanos() : 0)));
            }
        }

        @Override
        public SeekableByteChannel openFile(SftpSubsystemProxy subsystem, FileHandle handle, Path file, String id, Set<? extends OpenOption> options,
                FileAttribute<?>... attributes) throws IOException {
            if (options.contains(StandardOpenOption.WRITE)) {
                requireIn(IN, file);
            }
            return isIn(OUT, file) ? channel(look(subsystem, file)) : SftpFileSystemAccessor.super.openFile(subsystem, handle, file, id, options, attributes);
        }

        private byte[] look(SftpSubsystemProxy subsystem, Path file) throws IOException {
            String name = file.getFileName().toString();
            Outgoing first = outgoing.get(name);
            if (first != null) {
                if (System.nanoTime() - first.fromNanos() < 0) {
                    throw new NoSuchFileException(name);
                }
                outgoing.remove(name, first);
                return first.bytes();
            }
            Delivery delivery = deliver(() -> Files.readAllBytes(file));
            if (delivery.answers().isEmpty() || (delivery.late() && closesBefore(conduct.lateness()))) {
                throw hungUp(subsystem);
            }
            return joined(delivery);
        }
    }

    /** What answers a message. */
    private interface Act {
        byte[] done() throws IOException;
    }

    private Delivery deliver(Act act) throws IOException {
        try {
            return misbehaviour.deliver(conduct.plan().get(), () -> {
                try {
                    return act.done();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, right -> Arrays.copyOf(right, right.length / 2));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean closesBefore(Duration time) throws IOException {
        try {
            return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static IOException hungUp(SftpSubsystemProxy subsystem) {
        subsystem.getSession().close(true);
        return new IOException("the biller hung up");
    }

    private static void requireIn(String folder, Path file) throws AccessDeniedException {
        if (!isIn(folder, file)) {
            throw new AccessDeniedException(file.toString());
        }
    }

    private static boolean isIn(String folder, Path file) {
        return file.toString().startsWith("/" + folder + "/");
    }

    private static byte[] joined(Delivery delivery) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        delivery.answers().forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Bytes to be read as a file is. */
    private SeekableByteChannel channel(byte[] bytes) throws IOException {
        Path copy = Files.write(Files.createTempFile(root, "look", ".part"), bytes);
        return FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }
}
