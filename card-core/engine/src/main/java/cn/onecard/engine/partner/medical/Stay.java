package cn.onecard.engine.partner.medical;

import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.Output;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A visit as the platform keeps it. Written by {@link InsurancePlatform} alone. */
final class Stay {
    final String personNo;
    final String registration;
    /** By batch. */
    final Map<String, List<Input.FeeLine>> fees = new HashMap<>();
    /** The settlements that stand, by batch. */
    final Map<String, Settlement> settled = new HashMap<>();
    boolean cancelled;

    Stay(String personNo, String registration) {
        this.personNo = personNo;
        this.registration = registration;
    }

    /** A settlement and the day it is counted on. */
    record Settlement(Output.Bill bill, LocalDate day) {}

    /** Adds lines to a batch. */
    void add(String batch, List<Input.FeeLine> lines) {
        fees.computeIfAbsent(batch, none -> new ArrayList<>()).addAll(lines);
    }
}
