package cn.onecard.engine.rail.nhsa;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A message to the platform in its envelope.
 *
 *  @param sentAt in seconds */
public record Request(MessageId id, Institution institution, Input<?> input, Instant sentAt) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final int MOST_ID = 30;

    /** As it is sent, in UTF-8. */
    public byte[] encode() {
        ObjectNode envelope = Fields.object().put("infno", input.infNo().code()).put("msgid", id.value())
                .put("mdtrtarea_admvs", institution.region()).put("insuplc_admdvs", institution.region()).put("recer_sys_code", "MBS")
                .put("infver", "V1.0").put("opter_type", "1").put("opter", institution.operator()).put("opter_name", institution.operator())
                .put("inf_time", TIME.format(sentAt)).put("fixmedins_code", institution.code()).put("fixmedins_name", institution.name());
        input.write(envelope.putObject("input"));
        return Fields.bytes(envelope);
    }

    /** What came to the platform. */
    public static Request decode(byte[] bytes) throws MalformedJson {
        Fields envelope = Fields.parse(bytes);
        InfNo infNo = InfNo.find(envelope.text("infno", 5)).orElseThrow(() -> new MalformedJson("infno is no number of the interface"));
        Institution institution;
        MessageId id;
        Instant sentAt;
        try {
            id = new MessageId(envelope.text("msgid", MOST_ID));
            institution = new Institution(envelope.text("fixmedins_code", 12), envelope.text("fixmedins_name", 200), envelope.text("mdtrtarea_admvs", 6),
                    envelope.text("opter", 30));
            sentAt = TIME.parse(envelope.text("inf_time", 19), Instant::from);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedJson("the envelope names no message, institution or time");
        }
        return new Request(id, institution, Input.read(infNo, envelope.inner("input")), sentAt);
    }
}
