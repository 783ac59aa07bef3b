package cn.onecard.terminal.sim;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A chip that is watched, and can be interfered with, on its contact side. */
public final class Probe implements VirtualDevice {
    private final VirtualDevice chip;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    /** Set by the test before the commands it is about. */
    private volatile Interference interference = (number, command, inner) -> inner.apply(command);

    public Probe(VirtualDevice chip) {
        this.chip = chip;
    }

    /** Stands between reader and chip. */
    @FunctionalInterface
    public interface Interference {
        /** The answer to the command of that number, counted from 1 since the last {@link #interfere} or {@link #clear()}. */
        byte[] answer(int number, byte[] command, UnaryOperator<byte[]> chip);
    }

    /** Interferes from the next command on. */
    public void interfere(Interference with) {
        commands.clear();
        interference = with;
    }

    /** Runs something in the middle of one command: before the chip carries it out, or after, before it answers. */
    public void tear(int number, boolean before, Runnable how) {
        interfere((n, command, inner) -> {
            if (n != number) {
                return inner.apply(command);
            }
            if (before) {
                how.run();
                return new byte[] {0x6F, 0x00};
            }
            byte[] answer = inner.apply(command);
            how.run();
            return answer;
        });
    }

    /** Answers one instruction, given as CLA and INS, with a status word, without carrying it out. */
    public void refuse(int claIns, int statusWord) {
        interfere((n, command, inner) -> claIns(command) == claIns ? status(statusWord) : inner.apply(command));
    }

    /** Forgets interference and commands. */
    public void clear() {
        interfere((n, command, inner) -> inner.apply(command));
    }

    /** All commands since the last {@link #interfere} or {@link #clear()}, as upper-case hex. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    @Override
    public byte[] atr() {
        return chip.atr();
    }

    @Override
    public byte[] process(byte[] command) {
        commands.add(HexFormat.of().withUpperCase().formatHex(command));
        return interference.answer(commands.size(), command, chip::process);
    }

    @Override
    public void reset() {
        chip.reset();
    }

    public static int claIns(byte[] command) {
        return (command[0] & 0xFF) << 8 | (command[1] & 0xFF);
    }

    public static byte[] status(int statusWord) {
        return new byte[] {(byte) (statusWord >>> 8), (byte) statusWord};
    }
}
