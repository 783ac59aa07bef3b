package cn.onecard.engine.bench.crowd;

import cn.onecard.engine.bench.BenchCity;
import cn.onecard.engine.bench.BenchFailed;
import cn.onecard.engine.key.CertificateAuthority;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/** The terminals of the crowd, each with a connection of its own, and their gateways: in the register beside those of the
 *  {@link BenchCity}. */
final class CrowdCity {
    /** Terminals that speak with the certificate of one gateway; the core takes a few more calls than that of one. */
    static final int TERMINALS_PER_GATEWAY = 50;
    private static final long TERMINAL_BASE = 0xC0_0000_0000L;
    private static final String INSERT_PSAM = "INSERT INTO ledger.psam (psam_no, gateway, party_id, service_code, district, valid_from, valid_to) "
            + "VALUES (?, ?, " + BenchCity.PARTY + ", 1, '310101', '2020-01-01', '2099-12-31')";

    private CrowdCity() {}

    static TerminalId terminal(int number) {
        return new TerminalId(TERMINAL_BASE + number);
    }

    /** The gateway of a terminal, from 0. */
    static int gatewayOf(int terminal) {
        return terminal / TERMINALS_PER_GATEWAY;
    }

    static String gateway(int number) {
        return "crowd-" + number;
    }

    /** Makes the certificates and enrols the terminals.
     *
     *  @param tls folder of the authority
     *  @param terminals how many */
    static void enrol(DataSource pool, Path tls, int terminals, Instant now) throws IOException {
        CertificateAuthority authority = CertificateAuthority.open(tls, now);
        for (int number = 0; number <= gatewayOf(terminals - 1); number++) {
            authority.issueGateway(gateway(number));
        }
        try (Connection connection = pool.getConnection(); PreparedStatement statement = connection.prepareStatement(INSERT_PSAM)) {
            for (int number = 0; number < terminals; number++) {
                statement.setLong(1, terminal(number).value());
                statement.setString(2, gateway(gatewayOf(number)));
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new BenchFailed("the database refuses terminals: " + e.getMessage(), e);
        }
    }
}
