package cn.onecard.engine.boot;

import cn.onecard.engine.flow.ClinicCounter;
import cn.onecard.engine.flow.MedicalDesk;
import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.rail.medical.ClinicDescriptor;
import cn.onecard.engine.rail.medical.HttpInsurance;
import cn.onecard.vocabulary.PartyId;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import org.jooq.DSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose desk a command sits at, and how the insurance is reached from there. */
final class ClinicOption {
    private static final String NODE = "clinic";

    @Mixin
    private DataDir data = new DataDir();       // written by picocli

    @Option(names = "--insurance", paramLabel = "URL", required = true, description = "where the insurance's messages are posted")
    private URI address = URI.create("http://127.0.0.1/");      // written by picocli

    @Option(names = "--institution", paramLabel = "CODE", defaultValue = "H31010100001", description = "the clinic at the insurance, 12 characters (default: ${DEFAULT-VALUE})")
    private String code = "";           // written by picocli

    @Option(names = "--region", paramLabel = "CODE", defaultValue = "310101", description = "where the clinic is (default: ${DEFAULT-VALUE})")
    private String region = "";         // written by picocli

    @Option(names = "--party", paramLabel = "N", defaultValue = "31", description = "whom the card pays (default: ${DEFAULT-VALUE})")
    private int party;                  // written by picocli

    @Option(names = "--service", paramLabel = "CODE", defaultValue = "40", description = "service code of the orders (default: ${DEFAULT-VALUE})")
    private int serviceCode;            // written by picocli

    @Option(names = "--contracted", description = "the card's medical account pays the part of the personal account")
    private boolean isAccountContracted;        // written by picocli

    @Option(names = "--deadline", paramLabel = "MILLIS", defaultValue = "10000", description = "for an answer of the insurance (default: ${DEFAULT-VALUE})")
    private int deadlineMillis;         // written by picocli

    /** What is done at the desk. */
    interface Work {
        int at(Desk desk) throws Exception;
    }

    /** A desk and what it works with. */
    record Desk(ClinicCounter counter, MedicalTable settlements, DSLContext dsl, PartyId party) {
        MedicalDesk desk() {
            return counter.desk();
        }
    }

    /** Opens the desk, works at it and closes it. */
    int work(Work work) throws Exception {
        ClinicDescriptor descriptor;
        try {
            descriptor = new ClinicDescriptor(party, serviceCode, code, "institution " + code, region, address, deadlineMillis, Set.of("-1"), isAccountContracted);
            descriptor.link();
        } catch (IllegalArgumentException e) {
            throw new OperationFailed(String.valueOf(e.getMessage()));
        }
        Clock clock = Clock.systemUTC();
        return BesideNode.work(data, NODE, 1, (corridor, dsl) -> {
            try (HttpInsurance insurance = new HttpInsurance(descriptor.link(), clock)) {
                Desks.Clinics with = new Desks.Clinics(dsl, data.keys(), corridor, clock);
                return work.at(new Desk(Desks.counter(descriptor, insurance, with), with.settlements(), dsl, new PartyId(party)));
            }
        });
    }
}
