package cn.onecard.engine.rail.utility;

import cn.onecard.engine.key.SigningKey;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The way to a biller, in one of the styles. Names of files are relative to the descriptor. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "style")
@JsonSubTypes({@JsonSubTypes.Type(value = Link.Https.class, name = "HTTPS"), @JsonSubTypes.Type(value = Link.Frames.class, name = "8583"),
    @JsonSubTypes.Type(value = Link.Sftp.class, name = "SFTP")})
public sealed interface Link {
    /** JSON over HTTPS, every request and every answer signed.
     *
     *  @param url without a path
     *  @param trust PEM file of the authority of the biller's certificate
     *  @param own our key
     *  @param billerKey the biller's public key, Base64 */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    record Https(String url, String trust, OwnKey own, byte[] billerKey) implements Link {}

    /** Our signing key.
     *
     *  @param name by which the biller knows it
     *  @param file where it is kept; made if there is none */
    record OwnKey(SigningKey.Scheme scheme, String name, String file) {}

    /** Frames in the style of ISO 8583.
     *
     *  @param host name or address
     *  @param terminal who we are there
     *  @param components files of the components of the terminal's master key, 32 hexadecimal digits each */
    record Frames(String host, int port, Terminal terminal, List<String> components) implements Link {
        public Frames {
            components = List.copyOf(components);
        }
    }

    /** Who we are to a biller of frames.
     *
     *  @param terminal eight characters
     *  @param agent fifteen characters
     *  @param unit the supply unit, at most 16 characters */
    record Terminal(String terminal, String agent, String unit) {}

    /** Files of columns over SFTP.
     *
     *  @param host name or address
     *  @param user who we are there */
    record Sftp(String host, int port, String user, SshKeys keys, Folders folders) implements Link {}

    /** By what the two hosts know each other: files as OpenSSH writes them.
     *
     *  @param own our private key; made if there is none, with the public one beside it, which the biller needs
     *  @param biller the public key of its host, and of no other */
    record SshKeys(String own, String biller) {}

    /** Folders on the biller's host.
     *
     *  @param toBiller where it looks for instructions and statements of ours
     *  @param fromBiller where it puts arrears, results and statements of its own */
    record Folders(String toBiller, String fromBiller) {}
}
