package cn.onecard.engine.boot;

import cn.onecard.engine.api.AccountGroup;
import cn.onecard.engine.api.ApiLimits;
import cn.onecard.engine.api.ApiServer;
import cn.onecard.engine.api.BankGroup;
import cn.onecard.engine.api.BillGroup;
import cn.onecard.engine.api.CallerTable;
import cn.onecard.engine.api.CardGroup;
import cn.onecard.engine.api.ClinicGroup;
import cn.onecard.engine.api.EventGroup;
import cn.onecard.engine.api.EventRound;
import cn.onecard.engine.api.EventTable;
import cn.onecard.engine.api.OrderGroup;
import cn.onecard.engine.api.SaleGroup;
import cn.onecard.engine.api.StandingGroup;
import cn.onecard.engine.api.WebhookKey;
import cn.onecard.engine.api.WebhookTable;
import cn.onecard.engine.api.Webhooks;
import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.flow.BankDesk;
import cn.onecard.engine.flow.CallersCorridor;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.flow.Repeating;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.Accounts;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.sql.Database;
import com.zaxxer.hikari.HikariDataSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** The door of merchants, billers and hospitals, what numbers their events, and what tells them. It has connections of its own, so
 *  that no caller keeps a tap waiting. */
final class ApiDoor {
    private static final int CONNECTIONS = 8;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HikariDataSource pool;
    private final Repeating numbering;
    private final Optional<Webhooks> webhooks;
    private final Optional<Repeating> telling;
    private final Future<ApiServer> server;

    /** Who does what is asked for.
     *
     *  @param billKey what accounts at billers are sealed with */
    record Behind(PaymentCorridor payments, Desks desks, StorageKey billKey) {}

    /** Opens the door.
     *
     *  @param address with the certificate of the terminals' door, or in clear */
    ApiDoor(Vertx vertx, ApiServer.Address address, Database database, Behind behind, Clock clock) {
        pool = database.pool("api", CONNECTIONS);
        DSLContext dsl = Database.dsl(pool);
        RegisterTable register = new RegisterTable(dsl);
        OpenOrders orders = new OpenOrders(dsl);
        Desks desks = behind.desks();
        numbering = Repeating.start("event-round", PAUSE, new EventRound(new EventTable(dsl), clock)::round);
        webhooks = address.tls().map(folder -> new Webhooks(new WebhookTable(dsl), new EventTable(dsl), key(folder), clock));
        telling = webhooks.map(all -> Repeating.start("webhooks", PAUSE, () -> {
            all.round();
            return false;
        }));
        server = ApiServer.of(vertx, new ApiServer.Setting(address, ApiLimits.STANDARD, new CallerTable(dsl), clock), List.of(
                new OrderGroup(new CallersCorridor(behind.payments(), new BillTable(dsl, behind.billKey()))::take, orders, ApiLimits.STANDARD.answerPatience()),
                new AccountGroup(new Accounts(dsl), card -> register.readCards(List.of(card)).containsKey(card)),
                new EventGroup(new EventTable(dsl)), new BillGroup(desks.bills(), desks.cancelling(), ApiLimits.STANDARD.partnerPatience()),
                new CardGroup(desks.cards(), card -> Optional.ofNullable(register.readCards(List.of(card)).get(card))),
                new StandingGroup(desks.standing()), new SaleGroup(desks.sales()), new ClinicGroup(desks.clinics()),
                new BankGroup(desks.bank().map(bank -> (call, account, amount, card) -> bank.deposit(desks.partners(), new BankDesk.Ask(call, account, amount, card))),
                        orders, ApiLimits.STANDARD.partnerPatience())));
    }

    /** Webhooks are signed with the key of the core's certificate; a core that talks in clear has none and tells nobody. */
    private static WebhookKey key(Path folder) {
        try {
            return WebhookKey.read(folder.resolve("core.key"));
        } catch (IOException e) {
            throw new OperationFailed("webhooks cannot be signed: " + e.getMessage());
        }
    }

    /** Begins to listen.
     *
     *  @return the port */
    Future<Integer> listen() {
        return server.compose(ApiServer::listen);
    }

    /** Stops listening. */
    Future<Void> close() {
        return server.compose(ApiServer::close);
    }

    /** Ends the rounds, and gives the connections back; after {@link #close()} and after the payments under way. */
    void end(Duration patience) throws InterruptedException {
        webhooks.ifPresent(Webhooks::stop);
        numbering.stop(patience);
        if (telling.isPresent()) {
            telling.get().stop(patience);
        }
        pool.close();
    }
}
