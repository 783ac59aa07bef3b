package cn.onecard.settlement.boot;

import cn.onecard.settlement.day.Progress;
import cn.onecard.settlement.day.SettlementFailure;
import cn.onecard.settlement.flow.Night;
import cn.onecard.settlement.seal.Sealing;
import cn.onecard.sql.Account;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.jooq.DSLContext;

/** The connections of one command, opened for settlement's own account. */
final class Books implements AutoCloseable {
    /** Two streams that are compared, one that is written, one to spare. */
    private static final int CONNECTIONS = 4;

    private final Path dataDir;
    private final HikariDataSource pool;
    private final DSLContext dsl;

    private Books(Path dataDir, HikariDataSource pool, DSLContext dsl) {
        this.dataDir = dataDir;
        this.pool = pool;
        this.dsl = dsl;
    }

    static Books open(Path dataDir) {
        HikariDataSource pool = Database.open(dataDir, Account.SETTLEMENT).pool("settlement", CONNECTIONS);
        return new Books(dataDir, pool, Database.dsl(pool));
    }

    DSLContext dsl() {
        return dsl;
    }

    Night night(Progress progress) {
        return new Night(dsl, dataDir, Clock.systemUTC(), progress, Sealing.RANGE_ROWS);
    }

    /** Keeps a second night out of the same folder for as long as this one is open.
     *
     *  @throws SettlementFailure if another process has it */
    FileLock lockFolder() throws IOException {
        Path root = Files.createDirectories(Night.root(dataDir));
        FileChannel channel = FileChannel.open(root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new SettlementFailure("another settlement works in " + root);
        }
        return lock;
    }

    @Override
    public void close() {
        pool.close();
    }
}
