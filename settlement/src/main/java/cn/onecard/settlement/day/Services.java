package cn.onecard.settlement.day;

import static cn.onecard.sql.tables.clearing.Tables.SERVICE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.DSLContext;

/** The services that the books know. Published files name them, so a code keeps its name. */
public final class Services {
    private final Map<Integer, Service> byCode;

    private Services(Map<Integer, Service> byCode) {
        this.byCode = byCode;
    }

    public static Services load(DSLContext dsl) {
        Map<Integer, Service> byCode = new TreeMap<>();
        dsl.selectFrom(SERVICE).forEach(row -> byCode.put(row.getServiceCode(), new Service(row.getServiceCode(), row.getName(), row.getDomain())));
        return new Services(byCode);
    }

    /** Takes services into the books. Those that are there stay as they are.
     *
     *  @return how many were new
     *  @throws SettlementFailure if one would change, or two would have one name */
    public static int store(DSLContext dsl, List<Service> services) {
        return dsl.transactionResult(transaction -> {
            int written = 0;
            for (Service service : services) {
                Services known = load(transaction.dsl());
                Optional<Service> before = known.findByCode(service.code()).or(() -> known.findByName(service.name()));
                if (before.isEmpty()) {
                    written += transaction.dsl().insertInto(SERVICE).set(SERVICE.SERVICE_CODE, service.code()).set(SERVICE.NAME, service.name())
                            .set(SERVICE.DOMAIN, service.domain()).execute();
                } else if (!before.get().equals(service)) {
                    throw new SettlementFailure("service " + service.code() + " " + service + " would change " + before.get().code() + " " + before.get()
                            + " of " + before.get().domain() + ", which files have named: take another code and name");
                }
            }
            return written;
        });
    }

    /** The service of a code.
     *
     *  @throws SettlementFailure if it is not registered */
    public Service service(int code) {
        return findByCode(code).orElseThrow(() -> new SettlementFailure("service " + code + " is not registered: ./onecard settle fees --services takes it in"));
    }

    public Optional<Service> findByCode(int code) {
        return Optional.ofNullable(byCode.get(code));
    }

    public Optional<Service> findByName(String name) {
        return byCode.values().stream().filter(service -> service.name().equals(name)).findFirst();
    }
}
