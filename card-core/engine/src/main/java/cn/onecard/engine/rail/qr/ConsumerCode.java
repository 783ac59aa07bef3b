package cn.onecard.engine.rail.qr;

import cn.onecard.engine.rail.tlv.MalformedTlv;
import cn.onecard.engine.rail.tlv.Tlv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The code that a payer shows and a merchant scans (CPM, 被扫) [1]: BER-TLV in Base64, at most 512 bytes.
 *
 *  <pre>
 *  85   payload format, CPV01; first
 *  61   an application, once or more: 4F identifier, 50 label, 5A PAN, 57 track 2 ...
 *       63 of it: objects that pass through to the issuer
 *  62   what is common to all applications
 *       64 of it: objects that pass through to the issuer
 *  </pre>
 *  {@link #toString()} shows tags and lengths alone.
 *
 *  <p>[1] EMV QR Code Specification for Payment Systems, Consumer-Presented Mode, version 1.1.
 *
 *  @param objects from 85 on, in their order */
public record ConsumerCode(List<Tlv> objects) {
    private static final int FORMAT = 0x85;
    private static final int APPLICATION = 0x61;
    private static final int COMMON = 0x62;
    private static final int AID = 0x4F;
    private static final int LABEL = 0x50;
    private static final int TRACK_2 = 0x57;
    private static final int PAN = 0x5A;
    private static final int APPLICATION_TRANSPARENT = 0x63;
    private static final int COMMON_TRANSPARENT = 0x64;
    private static final byte[] VERSION = "CPV01".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_BYTES = 512;

    public ConsumerCode {
        objects = List.copyOf(objects);
        if (objects.isEmpty() || objects.get(0).tag() != FORMAT || !Arrays.equals(objects.get(0).value(), VERSION)) {
            throw new MalformedCode("does not begin with CPV01");
        }
        if (Tlv.find(objects, APPLICATION).isEmpty()) {
            throw new MalformedCode("no application");
        }
        if (objects.stream().filter(object -> object.tag() == APPLICATION).anyMatch(object -> Tlv.find(object.children(), AID).isEmpty())) {
            throw new MalformedCode("an application without identifier");
        }
        if (Tlv.write(objects).length > MAX_BYTES) {
            throw new MalformedCode("more than 512 bytes");
        }
    }

    /** A code of applications.
     *
     *  @param applications the objects of each, its identifier among them
     *  @param common what is common to all of them; perhaps nothing */
    public static ConsumerCode of(List<List<Tlv>> applications, List<Tlv> common) {
        List<Tlv> templates = applications.stream().map(application -> Tlv.of(APPLICATION, application)).toList();
        List<Tlv> objects = new ArrayList<>(List.of(Tlv.of(FORMAT, VERSION)));
        objects.addAll(templates);
        if (!common.isEmpty()) {
            objects.add(Tlv.of(COMMON, common));
        }
        return new ConsumerCode(objects);
    }

    /** The code of a text.
     *
     *  @throws MalformedCode if it is none */
    public static ConsumerCode parse(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw new MalformedCode("not the one Base64 of its bytes");
            }
            return new ConsumerCode(Tlv.parse(bytes));
        } catch (MalformedTlv e) {
            throw new MalformedCode(String.valueOf(e.getMessage()));
        } catch (MalformedCode e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedCode("not Base64");
        }
    }

    /** The text to be drawn. */
    public String text() {
        return Base64.getEncoder().encodeToString(Tlv.write(objects));
    }

    /** The applications, the payer's favourite first. */
    public List<Application> listApplications() {
        List<Tlv> common = Tlv.find(objects, COMMON).map(Tlv::children).orElse(List.of());
        return objects.stream().filter(object -> object.tag() == APPLICATION).map(object -> new Application(object.children(), common)).toList();
    }

    /** One way to pay that the payer offers.
     *
     *  @param own its own objects
     *  @param common those of all applications, which its own take precedence over */
    public record Application(List<Tlv> own, List<Tlv> common) {
        /** The application identifier, in hexadecimal. */
        public String aid() {
            return find(AID).map(HexFormat.of().withUpperCase()::formatHex).orElseThrow();
        }

        /** What the application is called, if it says so. */
        public Optional<String> findLabel() {
            return find(LABEL).map(label -> new String(label, StandardCharsets.US_ASCII));
        }

        /** The digits of the PAN, from its own object or from track 2, if there are any.
         *
         *  @throws MalformedCode if what should be digits is not */
        public Optional<String> findPan() {
            return find(PAN).map(pan -> HexFormat.of().formatHex(pan).replaceFirst("f$", ""))
                    .or(() -> find(TRACK_2).map(track -> HexFormat.of().formatHex(track).replaceFirst("d.*$", "")))
                    .map(digits -> {
                        if (!digits.matches("[0-9]{8,19}")) {
                            throw new MalformedCode("the PAN is not of digits");
                        }
                        return digits;
                    });
        }

        /** The value of an object of the application, of what passes through to the issuer, or common to all; if it is there. */
        public Optional<byte[]> find(int tag) {
            return within(own, APPLICATION_TRANSPARENT, tag).or(() -> within(common, COMMON_TRANSPARENT, tag)).map(Tlv::value);
        }

        private static Optional<Tlv> within(List<Tlv> objects, int transparent, int tag) {
            return Tlv.find(objects, tag).or(() -> Tlv.find(objects, transparent).flatMap(template -> Tlv.find(template.children(), tag)));
        }
    }
}
