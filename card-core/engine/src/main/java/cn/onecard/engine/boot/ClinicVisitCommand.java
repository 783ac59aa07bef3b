package cn.onecard.engine.boot;

import cn.onecard.engine.flow.ClinicCounter;
import cn.onecard.engine.flow.MedicalAnswer;
import cn.onecard.engine.medical.MedicalState;
import cn.onecard.engine.medical.PatientItems;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clinic visit}: plays the counter of a clinic, from the patient's identity to the paid bill. */
@Command(name = "visit", description = "A patient sees a doctor: identify, register, upload diagnoses and fees, quote, hold, settle, pay.", mixinStandardHelpOptions = true)
final class ClinicVisitCommand implements Callable<Integer> {
    @Mixin
    private ClinicOption clinic = new ClinicOption();       // written by picocli

    @Spec
    private CommandSpec spec = CommandSpec.create();        // written by picocli

    @Parameters(index = "0", paramLabel = "CARD", converter = AccountOption.CardNoConverter.class, description = "who pays, 20 digits")
    private CardNo cardNo = new CardNo(0, 0);               // written by picocli

    @Option(names = "--identity", paramLabel = "NO", required = true, description = "identity number of the patient")
    private String identityNo = "";                         // written by picocli

    @Option(names = "--diagnosis", paramLabel = "CODE", description = "code of ICD-10; may be given several times")
    private List<String> diagnoses = new ArrayList<>();     // written by picocli

    @Option(names = "--fee", paramLabel = "CODE:CATEGORY:FEN", required = true, description = "a fee line; may be given several times")
    private List<String> fees = new ArrayList<>();          // written by picocli

    @Override
    public Integer call() throws Exception {
        PatientItems.Items items = new PatientItems.Items(diagnoses, lines());
        String number = UUID.randomUUID().toString();
        return clinic.work(desk -> tell(desk.counter().settle(new ClinicCounter.Visit(CallKey.ofCaller("clinic-" + desk.party(), number), cardNo, identityNo, items))));
    }

    private List<Input.FeeLine> lines() {
        List<Input.FeeLine> lines = new ArrayList<>();
        for (String fee : fees) {
            String[] parts = fee.split(":", -1);
            if (parts.length != 3 || !parts[0].matches("[!-~]{1,50}") || !parts[1].matches("[0-9A-Z]{1,6}") || !parts[2].matches("[0-9]{1,9}")) {
                throw new ParameterException(spec.commandLine(), "--fee: not CODE:CATEGORY:FEN");
            }
            lines.add(new Input.FeeLine(String.valueOf(lines.size() + 1), parts[0], parts[1], Money.ofFen(Long.parseLong(parts[2]))));
        }
        return List.copyOf(lines);
    }

    private int tell(MedicalAnswer answer) {
        return switch (answer) {
            case MedicalAnswer.No no -> throw new OperationFailed("there is no settlement: " + no.reason() + (no.detail().isEmpty() ? "" : ", " + no.detail()));
            case MedicalAnswer.Stands stands -> {
                ClinicMain.print(spec, stands.settlement());
                yield stands.settlement().state() == MedicalState.PAID ? 0 : 1;
            }
        };
    }
}
