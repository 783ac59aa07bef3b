package cn.onecard.terminal.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** A chip made of answers: whatever it was given for a command, 6A82 for any other SELECT or file, 6D00 for the rest. */
public final class DataChip implements VirtualDevice {
    private final Map<String, byte[]> answers = new HashMap<>();

    /** Has an application of that name or AID. */
    public DataChip application(String nameHex, String fci) {
        return answer("00A40400%02X%s00".formatted(nameHex.length() / 2, nameHex), fci);
    }

    /** The same by a name of letters. */
    public DataChip named(String name, String fci) {
        return application(HexFormat.of().withUpperCase().formatHex(name.getBytes(StandardCharsets.US_ASCII)), fci);
    }

    /** Answers that command with that data and 9000. */
    public DataChip answer(String command, String data) {
        byte[] bytes = HexFormat.of().parseHex(data);
        answers.put(command.toUpperCase(Locale.ROOT), ByteBuffer.allocate(bytes.length + 2).put(bytes).putShort((short) 0x9000).array());
        return this;
    }

    /** Answers that command with a status word. */
    public DataChip refuse(String command, int statusWord) {
        answers.put(command.toUpperCase(Locale.ROOT), Probe.status(statusWord));
        return this;
    }

    @Override
    public byte[] atr() {
        return HexFormat.of().parseHex("3B80800101");
    }

    @Override
    public byte[] process(byte[] command) {
        byte[] known = answers.get(HexFormat.of().withUpperCase().formatHex(command));
        if (known != null) {
            return known.clone();
        }
        return Probe.status(switch (Probe.claIns(command)) {
            case 0x00A4, 0x00B0, 0x00B2 -> 0x6A82;
            default -> 0x6D00;
        });
    }

    @Override
    public void reset() {}
}
