package cn.onecard.engine.api;

import cn.onecard.engine.flow.ClinicCounter;
import cn.onecard.engine.flow.MedicalAnswer;
import cn.onecard.engine.flow.MedicalDesk;
import cn.onecard.engine.medical.MedicalSettlement;
import cn.onecard.engine.medical.PatientItems;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Doctors' bills that the health insurance shares: settled, seen and taken back. A clinic sees its own. */
public final class ClinicGroup implements ApiGroup {
    private static final String TITLE = "The bill is not settled";

    private final Map<PartyId, ClinicCounter> clinics;

    /** @param clinics by who they are in our books */
    public ClinicGroup(Map<PartyId, ClinicCounter> clinics) {
        this.clinics = Map.copyOf(clinics);
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("settleVisit", this::settle, "getMedicalSettlement", this::get, "cancelMedicalSettlement", this::cancel);
    }

    private ApiAnswer settle(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.MEDICAL_WRITE);
        JsonObject body = call.body();
        List<Input.FeeLine> fees = new ArrayList<>();
        for (Object fee : body.getJsonArray("fees")) {
            JsonObject one = (JsonObject) fee;
            fees.add(new Input.FeeLine(String.valueOf(fees.size() + 1), one.getString("code"), one.getString("category"), Money.ofFen(one.getLong("amountFen"))));
        }
        List<String> diagnoses = body.getJsonArray("diagnoses", new JsonArray()).stream().map(Object::toString).toList();
        return answer(counter(call).settle(new ClinicCounter.Visit(call.key(), CardNo.ofDigits(body.getString("cardNo")), body.getString("identityNo"),
                new PatientItems.Items(diagnoses, fees))));
    }

    private ApiAnswer get(ApiCall call) {
        call.require(Scope.MEDICAL_WRITE);
        Optional<MedicalSettlement> found = desk(call).find(call.inPath("settlementId"));
        return answer(found.<MedicalAnswer>map(MedicalAnswer.Stands::new).orElseGet(() -> new MedicalAnswer.No(MedicalAnswer.Reason.SETTLEMENT_UNKNOWN)));
    }

    private ApiAnswer cancel(ApiCall call) throws InterruptedException, ExecutionException {
        call.require(Scope.MEDICAL_WRITE);
        return answer(desk(call).cancel(call.inPath("settlementId"), call.body().getString("reason", "cancelled by the clinic")));
    }

    private MedicalDesk desk(ApiCall call) {
        return counter(call).desk();
    }

    private ClinicCounter counter(ApiCall call) {
        return Optional.ofNullable(clinics.get(call.caller().party())).orElseThrow(() -> ProblemCode.NO_CLINIC.with("party " + call.caller().party()));
    }

    private static ApiAnswer answer(MedicalAnswer answer) {
        return switch (answer) {
            case MedicalAnswer.Stands stands -> ApiAnswer.ok(json(stands.settlement()));
            case MedicalAnswer.No no -> {
                int status = switch (no.reason()) {
                    case KEY_CONFLICT, STATE_FORBIDS -> 409;
                    case SETTLEMENT_UNKNOWN -> 404;
                    case INSURANCE_REFUSED -> 422;
                    case INSURANCE_AWAY -> 503;
                };
                throw new Problem(status, no.reason().name(), TITLE, no.detail());
            }
        };
    }

    private static JsonObject json(MedicalSettlement settlement) {
        JsonArray legs = new JsonArray();
        settlement.legs().forEach(leg -> legs.add(new JsonObject().put("kind", leg.kind().name()).put("amountFen", leg.amount().fen())));
        return new JsonObject().put("settlementId", settlement.id()).put("state", settlement.state().name()).put("totalFen", settlement.split().total().fen())
                .put("legs", legs).put("reason", settlement.standing().reason());
    }
}
