package cn.onecard.engine.partner.register;

import cn.onecard.engine.partner.PartnerFault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A till that sold off line and uploads what it sold until all of it is acknowledged. Each upload meets a fault of the plan: it is
 *  sent late, after others; not at all; its answer is lost; it is garbage, sent twice, or carries another sale under a number that
 *  was used. What the answers should have been and were not stands in the tally. */
public final class ShopTill {
    private static final String REGISTER = "till-1";
    private static final int RECORDS_AT_ONCE = 50;
    /** An upload is put off so often at most. */
    private static final int MOST_DELAYS = 3;
    private static final byte[] GARBAGE = "{\"storeId\": \"this is no upload".getBytes(StandardCharsets.UTF_8);

    private final TillPlan plan;
    private final UploadLine line;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Long, String> answered = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int uploads;        // of the thread that plays
    private long ackedThrough;  // of the thread that plays
    private long takenFen;      // of the thread that plays

    public ShopTill(TillPlan plan, UploadLine line) {
        this.plan = plan;
        this.line = line;
    }

    /** What came of it.
     *
     *  @param uploads sent, with those that were sent again
     *  @param answers how often which word was the first answer to a sale
     *  @param takenFen what the sales that were taken came to
     *  @param wrong answers that should have been others */
    public record Tally(int uploads, long ackedThrough, Map<String, Long> answers, long takenFen, List<String> wrong) {}

    /** Sells and uploads. */
    public Tally play() {
        Deque<Batch> waiting = new ArrayDeque<>();
        List<SoldRecord> sold = new SalesClerk(plan).sell();
        for (int at = 0; at < sold.size(); at += RECORDS_AT_ONCE) {
            waiting.add(new Batch(sold.subList(at, Math.min(sold.size(), at + RECORDS_AT_ONCE)), 0));
        }
        while (!waiting.isEmpty()) {
            Batch batch = waiting.remove();
            if (!send(batch)) {
                waiting.add(new Batch(batch.records(), batch.delays() + 1));
            }
        }
        if (ackedThrough != plan.sales()) {
            wrong.add("acknowledged through " + ackedThrough + " of " + plan.sales());
        }
        Map<String, Long> answers = new HashMap<>();
        answered.values().forEach(word -> answers.merge(word, 1L, Long::sum));
        return new Tally(uploads, ackedThrough, Map.copyOf(answers), takenFen, List.copyOf(wrong));
    }

    /** Records that are uploaded together. */
    private record Batch(List<SoldRecord> records, int delays) {}

    /** Does what the plan says with an upload.
     *
     *  @return false if it is to be sent (again) later */
    private boolean send(Batch batch) {
        PartnerFault fault = batch.delays() < MOST_DELAYS ? plan.faults().get() : PartnerFault.NONE;
        switch (fault) {
            case SLOW, DROP_BEFORE -> {
                return false;
            }
            case DROP_AFTER -> {
                post(message(batch.records()));
                return false;
            }
            case GARBAGE -> {
                if (post(GARBAGE).isPresent()) {
                    wrong.add("garbage was taken");
                }
            }
            case TWICE -> judge(batch, post(message(batch.records())));
            case OTHERS -> sendOther(batch);
            default -> { }
        }
        judge(batch, post(message(batch.records())));
        return true;
    }

    /** Sends a batch, and then another sale under the number of its first one. */
    private void sendOther(Batch batch) {
        judge(batch, post(message(batch.records())));
        SoldRecord first = batch.records().getFirst();
        ObjectNode other = first.json().deepCopy().put("soldAt", "2026-11-24T00:00:00Z");
        Optional<byte[]> answer = post(message(List.of(new SoldRecord(first.seq(), other, "KEY_CONFLICT", 0))));
        if (answer.isEmpty() || !read(answer.get()).at("/records/0/result").asText().equals("KEY_CONFLICT")) {
            wrong.add("number " + first.seq() + " was taken twice");
        }
    }

    private Optional<byte[]> post(byte[] message) {
        uploads++;
        return line.post(message);
    }

    private byte[] message(List<SoldRecord> records) {
        ObjectNode upload = json.createObjectNode().put("storeId", plan.store()).put("registerId", REGISTER).put("epoch", plan.seed());
        ArrayNode list = upload.putArray("records");
        records.forEach(one -> list.addObject().put("seq", one.seq()).set("sale", one.json()));
        try {
            return json.writeValueAsBytes(upload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void judge(Batch batch, Optional<byte[]> message) {
        if (message.isEmpty()) {
            wrong.add("an upload was refused, numbers from " + batch.records().getFirst().seq());
            return;
        }
        JsonNode answer = read(message.get());
        ackedThrough = Math.max(ackedThrough, answer.path("ackedThrough").asLong());
        for (int i = 0; i < batch.records().size(); i++) {
            SoldRecord sold = batch.records().get(i);
            String result = answer.path("records").path(i).path("result").asText();
            String before = answered.putIfAbsent(sold.seq(), result);
            boolean mayBePoor = sold.expected().equals("TAKEN") && sold.json().at("/paidBy/means").asText().equals("WALLET");
            boolean isRight = before == null ? result.equals(sold.expected()) || (mayBePoor && !result.equals("KEY_CONFLICT")) : result.equals(before);
            if (!isRight) {
                wrong.add("number " + sold.seq() + " was answered " + result + ", not " + (before == null ? sold.expected() : before));
            }
            if (before == null && result.equals("TAKEN")) {
                takenFen += sold.amountFen();
            }
        }
    }

    private JsonNode read(byte[] message) {
        try {
            return json.readTree(message);
        } catch (IOException e) {
            throw new UncheckedIOException("the answer is no JSON", e);
        }
    }
}
