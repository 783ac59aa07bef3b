package cn.onecard.terminal.card;

import cn.onecard.purse.FactorFormat;
import cn.onecard.terminal.card.CardFamily.Keys;
import cn.onecard.terminal.card.CardFamily.LogCounter;
import cn.onecard.terminal.card.CardFamily.Options;
import cn.onecard.terminal.card.CardFamily.ProofNumber;
import cn.onecard.terminal.card.CardFamily.Step;
import cn.onecard.vocabulary.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code families.json}. What a family does not say is as under {@code defaults}. */
final class CardFamilies {
    private static final String RESOURCE = "families.json";

    private CardFamilies() {}

    /** All families of the resource, in its order. */
    static List<CardFamily> listAll() {
        JsonNode root = root();
        List<CardFamily> families = new ArrayList<>();
        for (JsonNode family : root.required("families")) {
            families.add(family(family, root));
        }
        return List.copyOf(families);
    }

    /** The layout of that name. */
    static PublicData.Layout layout(String name) {
        return layout(root().required("layouts").required(name));
    }

    private static JsonNode root() {
        try (InputStream in = CardFamilies.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CardFamily family(JsonNode family, JsonNode root) {
        List<Step> select = new ArrayList<>();
        family.required("select").forEach(step -> select.add(step(step.textValue())));
        JsonNode defaults = root.required("defaults");
        return new CardFamily(family.required("id").textValue(), family.required("name").textValue(), select,
                layout(root.required("layouts").required(family.required("layout").textValue())),
                Optional.ofNullable(family.get("keys")).map(keys -> new Keys(FactorFormat.parse(keys.required("factors").textValue()),
                        keys.required("lockKeyIndex").intValue())),
                family.path("trips").booleanValue(), options(family.path("options"), defaults));
    }

    private static Step step(String text) {
        String[] parts = text.split(" ", 2);
        return switch (parts[0]) {
            case "aid" -> new Step.Name(parts[1]);
            case "text" -> new Step.Name(HexFormat.of().formatHex(parts[1].getBytes(StandardCharsets.US_ASCII)));
            case "fid" -> new Step.File(HexFormat.fromHexDigits(parts[1]));
            case "read" -> new Step.Read(HexFormat.fromHexDigits(parts[1]));
            default -> throw new IllegalArgumentException("not a way to select: " + text);
        };
    }

    private static PublicData.Layout layout(JsonNode layout) {
        JsonNode number = layout.required("number");
        List<PublicData.Mark> enabled = new ArrayList<>();
        layout.path("enabled").forEach(mark -> enabled.add(new PublicData.Mark(mark.required("at").intValue(), mark.required("is").intValue())));
        return new PublicData.Layout(layout.required("length").intValue(),
                new PublicData.NumberField(number.required("at").intValue(), number.required("bytes").intValue(), PublicData.Digits.valueOf(number.required("as").textValue())),
                offset(layout, "issuer"), enabled, layout.required("validFrom").intValue(), layout.required("validTo").intValue(),
                offset(layout, "city"), offset(layout, "cardClass"));
    }

    private static OptionalInt offset(JsonNode layout, String field) {
        return layout.has(field) ? OptionalInt.of(layout.get(field).intValue()) : OptionalInt.empty();
    }

    private static Options options(JsonNode own, JsonNode defaults) {
        Map<Integer, Algorithm> algorithms = new HashMap<>();
        either(own, defaults, "algorithms").properties()
                .forEach(entry -> algorithms.put(HexFormat.fromHexDigits(entry.getKey()), Algorithm.parse(entry.getValue().textValue())));
        return new Options(either(own, defaults, "challengeBytes").intValue(), either(own, defaults, "loadKeyIndex").intValue(),
                either(own, defaults, "purchaseKeyIndex").intValue(), ProofNumber.valueOf(either(own, defaults, "proofNumber").textValue()),
                LogCounter.valueOf(either(own, defaults, "logCounter").textValue()), either(own, defaults, "balanceFlag").booleanValue(), algorithms);
    }

    private static JsonNode either(JsonNode own, JsonNode defaults, String field) {
        return own.has(field) ? own.get(field) : defaults.required(field);
    }
}
