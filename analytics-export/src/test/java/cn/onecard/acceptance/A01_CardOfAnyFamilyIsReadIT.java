package cn.onecard.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.onecard.terminal.sim.PrivatePcscd;
import cn.onecard.terminal.sim.VirtualDevice;
import cn.onecard.terminal.sim.VpcdClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cards behind a real PC/SC service, made of recorded answers and no code of ours: each is read by the program that people use. */
final class A01_CardOfAnyFamilyIsReadIT {
    private static final String READER = PrivatePcscd.readerName(0);
    private static final Map<String, String> CITY_UNION = Map.of(
            "00A4040009A0000000038698070100", "6F0B8409A000000003869807019000",
            "00B095001E", "1000290000010000010100011234567890123456202501012040123103009000",
            "805C000204", "000030399000",
            "00B201C417", "0011000000000000C806010203040506202501020304059000");
    private static final Map<String, String> BEIJING = Map.of(
            "00B0840000", "100075101234567800000000000000000000000000000000" + "2015060120350531" + "9000",
            "00A4000002100100", "6F009000",
            "805C000204", "000003E89000");

    @Test
    void read_cardsNobodyHereWrote_areReadAndMasked() throws Exception {
        Optional<String> missing = PrivatePcscd.missing();
        if ("true".equals(System.getenv("CI"))) {
            assertThat(missing).isEmpty();
        }
        assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
        FrontDoor door = FrontDoor.withEmptyData("A01");
        try (PrivatePcscd service = PrivatePcscd.prepare(1)) {
            service.start();
            assertThat(door.run(service.environment(), "terminal", "readers").output()).contains(READER);
            JsonNode cityUnion = read(door, service, CITY_UNION);
            assertThat(cityUnion.path("cardNo").asText()).isEqualTo("000012**********3456");
            assertThat(cityUnion.path("balanceFen").asInt()).isEqualTo(12345);
            assertThat(cityUnion.path("log").get(0).path("amountFen").asInt()).isEqualTo(200);
            JsonNode beijing = read(door, service, BEIJING);
            assertThat(beijing.path("cardNo").asText()).isEqualTo("000010**********5678");
            assertThat(beijing.path("validTo").asText()).isEqualTo("2035-05-31");
            assertThat(beijing.path("unread").toString()).contains("off-line counter: the card does not do this");
        }
    }

    private static JsonNode read(FrontDoor door, PrivatePcscd service, Map<String, String> card) throws Exception {
        try (VpcdClient _ = VpcdClient.insert(new Recorded(card), service.port(0))) {
            FrontDoor.Ended ended;
            do {
                ended = door.run(service.environment(), "terminal", "read", "--reader", READER, "--json");
            } while (ended.output().contains("no card in reader"));   // the service looks a few times a second
            assertThat(ended.status()).as(ended.output()).isZero();
            return new ObjectMapper().readTree(ended.output());
        }
    }

    /** Answers what it was recorded to answer; no such file for any other file, and that it does not know any other command. */
    private record Recorded(Map<String, String> answers) implements VirtualDevice {
        @Override
        public byte[] atr() {
            return HexFormat.of().parseHex("3B80800101");
        }

        @Override
        public byte[] process(byte[] command) {
            String other = command[0] == 0 ? "6A82" : "6D00";
            return HexFormat.of().parseHex(answers.getOrDefault(HexFormat.of().withUpperCase().formatHex(command), other));
        }

        @Override
        public void reset() {}
    }
}
