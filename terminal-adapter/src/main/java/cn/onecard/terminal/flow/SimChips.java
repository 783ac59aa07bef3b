package cn.onecard.terminal.flow;

import cn.onecard.terminal.sim.VirtualCard;
import cn.onecard.terminal.sim.VirtualPsam;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One card and one PSAM of a city, to be tried by hand. */
public final class SimChips {
    private final SimCity city;
    private final VirtualCard card;
    private final VirtualPsam psam;

    private SimChips(SimCity city, VirtualCard card, VirtualPsam psam) {
        this.city = city;
        this.card = card;
        this.psam = psam;
    }

    /** Those of the numbers given, or else the first of the city under the data folder.
     *
     *  @throws IOException if the city cannot be read */
    public static SimChips read(Path data, Optional<CardNo> card, Optional<TerminalId> psam) throws IOException {
        SimCity city = SimCity.read(data);
        return new SimChips(city, card.map(city::resident).orElseGet(city::firstResident).card(),
                psam.map(city::terminal).orElseGet(city::firstTerminal).psam());
    }

    public VirtualCard card() {
        return card;
    }

    public VirtualPsam psam() {
        return psam;
    }

    /** Keeps balance, counter and sequence for the next time. */
    public void save() throws IOException {
        city.save();
    }
}
