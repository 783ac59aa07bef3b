package cn.onecard.engine.rail.nhsa;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message of the platform, in its envelope: what it did, or why it did not.
 *
 *  @param code 0 if it was done (infcode)
 *  @param reason in words, if it was not; never printed, for it may name a patient
 *  @param output of its kind if it was done, else empty */
public record Answer(String code, String reason, Fields output) {
    /** It was done. */
    public static final String DONE = "0";

    /** That it was done. */
    public static byte[] done(Output output) {
        ObjectNode envelope = Fields.object().put("infcode", DONE).put("err_msg", "");
        envelope.set("output", output.json());
        return Fields.bytes(envelope);
    }

    /** That it was refused. */
    public static byte[] refused(String code, String reason) {
        return Fields.bytes(Fields.object().put("infcode", code).put("err_msg", reason));
    }

    /** What came to the institution. */
    public static Answer decode(byte[] bytes) throws MalformedJson {
        Fields envelope = Fields.parse(bytes);
        return new Answer(envelope.text("infcode", 6), envelope.findText("err_msg", 500).orElse(""), envelope.innerOrEmpty("output"));
    }

    /** Whether it was done. */
    public boolean isDone() {
        return code.equals(DONE);
    }

    @Override
    public String toString() {
        return "answer " + code;
    }
}
