package cn.onecard.terminal.card;

import cn.onecard.terminal.reader.CardLink;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.ReaderSettings;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.SimReaders;
import cn.onecard.terminal.sim.VirtualDevice;

/** A virtual reader with a chip in it, and the link to that chip. */
final class SimSlot implements AutoCloseable {
    private final Readers readers;
    private final CardLink link;

    SimSlot(VirtualDevice chip) throws ReaderFault {
        SimReaders sims = new SimReaders();
        sims.add("slot").insert(chip);
        readers = sims.readers(ReaderSettings.standard());
        link = readers.reader("slot").connect();
    }

    CardLink link() {
        return link;
    }

    @Override
    public void close() {
        link.close(true);
        readers.close();
    }
}
