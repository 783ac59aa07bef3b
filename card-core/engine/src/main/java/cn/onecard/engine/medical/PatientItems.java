package cn.onecard.engine.medical;

import static cn.onecard.sql.tables.patient.Tables.MEDICAL_ITEM;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.rail.nhsa.Fields;
import cn.onecard.engine.rail.nhsa.InfNo;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MalformedJson;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jooq.DSLContext;

/** What the doctor found and did: diagnoses and fee lines, each in a row of its own, sealed for that row under a key that seals
 *  nothing else. */
public final class PatientItems {
    private static final String PURPOSE = "patient items";

    private final DSLContext dsl;
    private final StorageKey key;

    /** @param keyVersion of the storage master */
    public PatientItems(DSLContext dsl, KeyRing ring, int keyVersion) {
        this.dsl = dsl;
        this.key = StorageKey.of(ring, keyVersion, PURPOSE);
    }

    /** The items of a visit. Prints their number alone. */
    public record Items(List<String> diagnoses, List<Input.FeeLine> fees) {
        public Items {
            diagnoses = List.copyOf(diagnoses);
            fees = List.copyOf(fees);
        }

        @Override
        public String toString() {
            return diagnoses.size() + " diagnoses and " + fees.size() + " fee lines";
        }
    }

    /** Writes the items of a settlement, in the transaction of its row. */
    void write(DSLContext in, MedicalSettlement settlement, Items items) {
        Input.Claim claim = settlement.terms().settle().claim();
        List<Input<?>> rows = new ArrayList<>();
        items.diagnoses().forEach(code -> rows.add(new Input.Diagnose(claim.visit(), List.of(code))));
        items.fees().forEach(line -> rows.add(new Input.UploadFees(claim.visit(), claim.batch(), List.of(line))));
        byte[] id = HexFormat.of().parseHex(settlement.id());
        for (int i = 0; i < rows.size(); i++) {
            in.insertInto(MEDICAL_ITEM, MEDICAL_ITEM.SETTLEMENT_ID, MEDICAL_ITEM.ITEM_NO, MEDICAL_ITEM.SEALED)
                    .values(id, i + 1, key.seal(plain(rows.get(i)), owner(id, i + 1))).execute();
        }
    }

    /** The items of a settlement. */
    public Items read(String settlement) {
        byte[] id = HexFormat.of().parseHex(settlement);
        List<String> diagnoses = new ArrayList<>();
        List<Input.FeeLine> fees = new ArrayList<>();
        dsl.selectFrom(MEDICAL_ITEM).where(MEDICAL_ITEM.SETTLEMENT_ID.eq(id)).orderBy(MEDICAL_ITEM.ITEM_NO).forEach(row -> {
            switch (input(key.open(row.getSealed(), owner(id, row.getItemNo())))) {
                case Input.Diagnose diagnose -> diagnoses.addAll(diagnose.diagnoses());
                case Input.UploadFees upload -> fees.addAll(upload.lines());
                default -> throw new IllegalStateException("an item that is neither diagnosis nor fee line");
            }
        });
        return new Items(diagnoses, fees);
    }

    /** The number of the message, a line feed, and its input. */
    static byte[] plain(Input<?> input) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        input.write(json);
        return (input.infNo().code() + "\n" + json).getBytes(StandardCharsets.UTF_8);
    }

    /** What {@link #plain} wrote. */
    static Input<?> input(byte[] plain) {
        String[] parts = new String(plain, StandardCharsets.UTF_8).split("\n", 2);
        try {
            return Input.read(InfNo.find(parts[0]).orElseThrow(), Fields.parse(parts[1].getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson e) {
            throw new IllegalStateException("what was sealed does not read", e);
        }
    }

    private static byte[] owner(byte[] id, int number) {
        return ByteBuffer.allocate(id.length + Integer.BYTES).put(id).putInt(number).array();
    }
}
